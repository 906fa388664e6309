using CsCheck;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Simulation.Tests;

/// <summary>
/// A tenant in which anything happens, a Graph that tells it in any of its ways and fails in most of its ways, and an agent that polls and
/// runs whenever it comes to that: in the end the agent, the tenant and the directory agree, and the run log has all that was seen.
/// </summary>
public sealed class RandomTenantTests
{
    private static readonly Gen<bool> Rarely = Gen.Int[0, 7].Select(number => number == 0);

    private static readonly Gen<PageShape> Shapes = Gen.Select(
        Gen.Int[1, 5], Gen.Int[0, 3], Gen.Select(Gen.Bool, Gen.Bool), Gen.Select(Gen.Bool, Gen.Bool), Gen.Bool, Rarely,
        (size, emptyEvery, order, again, removed, silent) => new PageShape
        {
            Size = size,
            EmptyEvery = emptyEvery,
            Uneven = order.Item1,
            Shuffled = order.Item2,
            Repeated = again.Item1,
            Replayed = again.Item2,
            RemovedInFirstRound = removed,
            SilentRestores = silent,
        });

    [Fact]
    public Task Whatever_happens_agent_tenant_and_directory_agree_in_the_end() => Gen.Select(Shapes, Event.Any.Array[20, 120]).SampleAsync(
        async (pages, events) =>
        {
            await using var world = await EventfulWorld.StartAsync(pages);
            foreach (var next in events) await world.HappenAsync(next);
            await world.ComeToRestAsync();
            world.AllAgree();
        },
        iter: Effort.Samples(20),
        print: plan => $"{plan.Item1}\n{string.Join('\n', plan.Item2.AsEnumerable())}");
}
