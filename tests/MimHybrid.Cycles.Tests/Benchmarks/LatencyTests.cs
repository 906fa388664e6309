using MimHybrid.Benchmarks.Latency;

namespace MimHybrid.Cycles.Tests.Benchmarks;

/// <summary>The benchmark of that name in small: each change is seen at each of its stations, in their order.</summary>
public sealed class LatencyTests
{
    [Fact]
    public async Task A_change_is_followed_from_the_tenant_to_the_last_row_of_its_cycle()
    {
        var seen = Assert.Single(await LatencyBenchmark.InviteAsync(TimeSpan.Zero, repetitions: 1, warmUp: 0));
        Assert.Equal(Phase.All, seen.Phases.Select(phase => phase.Name));
        Assert.All(seen.Phases, phase => Assert.True(phase.Took >= TimeSpan.Zero, $"{phase}"));
        Assert.NotEmpty(seen.BetweenProfiles);
        Assert.InRange(seen.ShareNotMims, 0, 1);
    }
}
