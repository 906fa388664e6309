using MimHybrid.Agent.Show;
using MimHybrid.Flow.Tests.Stories;

namespace MimHybrid.Flow.Tests.Json;

/// <summary>What <c>log --json</c> prints, byte for byte: scripts of other people read it.</summary>
public sealed class LogJsonTests
{
    [Fact]
    public Task A_line_of_the_run_log() =>
        Approved.MatchesAsync(string.Concat(PinnedCycles.All.Select(cycle => RunLogJson.Line(cycle) + "\n")), "log.json");
}
