using CsCheck;

namespace MimHybrid.Simulation.Tests;

/// <summary>
/// A tenant in which anything happens, a Graph that tells it in any of its ways and fails in most of its ways, and an agent that polls and
/// runs whenever it comes to that and dies now and then: in the end the agent, the tenant and the directory agree, and the run log has all
/// that was seen.
/// </summary>
public sealed class RandomTenantTests
{
    [Fact]
    public Task Whatever_happens_agent_tenant_and_directory_agree_in_the_end() => Gen.Select(Conditions.Any, Event.Any.Array[20, 120]).SampleAsync(
        async (conditions, events) =>
        {
            await using var world = await EventfulWorld.StartAsync(conditions);
            foreach (var next in events) await world.HappenAsync(next);
            await world.ComeToRestAsync();
            world.AllAgree();
        },
        iter: Effort.Samples(20),
        print: plan => $"{plan.Item1}\n{string.Join('\n', plan.Item2.AsEnumerable())}");
}
