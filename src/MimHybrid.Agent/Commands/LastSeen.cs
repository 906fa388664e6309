using MimHybrid.Agent.Hosting;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary>What rows say that only a living agent keeps true: after it was killed, they say it still.</summary>
internal static class LastSeen
{
    /// <summary>A cycle of which the row says that it runs, beside the question whether anybody is there to run it.</summary>
    public static CycleRecord Of(CycleRecord cycle, AgentReader reader, string dataFolder)
    {
        if (cycle.Outcome != CycleOutcome.Running || DataFolder.IsLocked(dataFolder)) return cycle;
        var now = reader.ReadCycle(cycle.Id) ?? cycle; // it may have ended, and the agent after it, since the row was read
        return reader.ReadRunning(cycle.Id) is { } cut ? now.CutOff(cut) : now;
    }
}
