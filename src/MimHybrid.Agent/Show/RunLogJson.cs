using MimHybrid.Agent.Json;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>The run log for programs: one cycle a line.</summary>
public static class RunLogJson
{
    public static string Line(CycleRecord cycle) => JsonLine.Of(CycleLine.Of(cycle), AgentJson.Lines.CycleLine);
}
