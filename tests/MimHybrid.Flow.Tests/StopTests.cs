using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>The agent is asked to end, by a row that any process may write: it ends between two cycles, never in one.</summary>
public sealed class StopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_ends_the_loop_although_a_cycle_is_due()
    {
        await using var world = await World.StartAsync();
        await world.PollAsync();
        Assert.IsType<Decision.Run>(world.Decide());
        Ask(world);

        var request = await world.Loop.RunAsync(World.NothingToDo, Token);
        Assert.Equal("ada", request?.RequestedBy);
        Assert.Empty(world.RunLog);
    }

    [Fact]
    public async Task A_request_in_mid_cycle_lets_the_cycle_end()
    {
        World? seen = null;
        await using var world = await World.StartAsync(door: server => new HearingDoor(server, () => Ask(seen!)));
        seen = world;
        await world.PollAsync();

        Assert.NotNull(await world.Loop.RunAsync(World.NothingToDo, Token));
        var cycle = Assert.Single(world.RunLog);
        Assert.Equal((CycleOutcome.Succeeded, 7), (cycle.Outcome, cycle.Steps.Count));
    }

    [Fact]
    public async Task A_request_wakes_a_loop_that_sleeps()
    {
        await using var world = await World.StartSettledAsync();
        var asleep = new TaskCompletionSource();
        var loop = world.Loop.RunAsync(
            _ =>
            {
                asleep.SetResult();
                return Task.FromResult(false);
            },
            Token);
        await asleep.Task.WaitAsync(Token);
        Ask(world);
        while (!loop.IsCompleted)
        {
            world.Pass(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.NotNull(await loop);
    }

    [Fact]
    public async Task A_request_that_was_taken_back_is_not_obeyed_and_a_start_takes_back_what_is_left()
    {
        await using var world = await World.StartSettledAsync();
        var first = Ask(world);
        world.Store.Requests.WithdrawStop(first, world.Clock.GetUtcNow());
        Assert.Null(world.Store.Requests.ReadStopRequest());

        var second = Ask(world);
        Assert.Equal((false, true), (world.Store.Requests.IsStopOpen(first), world.Store.Requests.IsStopOpen(second)));
        Assert.Equal(1, world.Store.Requests.WithdrawOpenStops(world.Clock.GetUtcNow()));
        Assert.False(world.Store.Requests.IsStopOpen(second));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await stop.CancelAsync();
        Assert.Null(await world.Loop.RunAsync(World.NothingToDo, stop.Token));
    }

    private static long Ask(World world) => world.Store.Requests.RequestStop("ada", world.Clock.GetUtcNow());
}
