using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Running;
using MimHybrid.Mim.Client;

namespace MimHybrid.Flow.Tests;

/// <summary>Graph or MIM was away: whoever was invited meanwhile does not wait for the end of a pause that had grown until then.</summary>
public sealed class OutageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Once_MIM_answers_again_what_failed_meanwhile_is_tried_at_once()
    {
        await using var world = await World.StartSettledAsync();
        var watch = new ServerWatch(new SyncServer(world.Mim, world.ServerSettings, world.Clock), world.Store.Cycles, world.Clock);
        await world.Mim.StopServiceAsync();
        await FailOftenAsync(world);
        var again = await watch.LookAsync(Token);
        Assert.Equal(world.Clock.GetUtcNow().AddMinutes(1), again);
        Assert.Equal(WaitCause.Backoff, Assert.IsType<Decision.Wait>(world.Decide()).Cause);

        world.Mim.StartService();
        Assert.Equal(again, await watch.LookAsync(Token)); // woken meanwhile, and not asked again
        Assert.Equal(WaitCause.Backoff, Assert.IsType<Decision.Wait>(world.Decide()).Cause);
        world.Clock.SetUtcNow(again);
        await watch.LookAsync(Token);

        Assert.True(Assert.Single(await world.RunAllAsync()).EndedWell);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task Once_graph_answers_again_what_failed_meanwhile_is_tried_at_once()
    {
        await using var world = await World.StartSettledAsync();
        world.Store.Guests.RecordPollFailure("Graph is away", world.Clock.GetUtcNow());
        await FailOftenAsync(world, () => world.Tenant.Faults.Outage = true); // MIM reads Graph, too
        Assert.Equal(WaitCause.Backoff, Assert.IsType<Decision.Wait>(world.Decide()).Cause);

        world.Tenant.Faults.Outage = false;
        world.Store.Guests.RecordPollSuccess(world.Clock.GetUtcNow());

        Assert.True(Assert.Single(await world.RunAllAsync()).EndedWell);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    /// <summary>Until the pause is a quarter of an hour or so, ten minutes of which have passed.</summary>
    private static async Task FailOftenAsync(World world, Action? outage = null)
    {
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();
        outage?.Invoke();
        world.Pass(TimeSpan.FromSeconds(10));
        for (var failures = 0; failures < 5; failures++)
        {
            Assert.False(Assert.Single(await world.RunAllAsync()).EndedWell);
            world.Clock.SetUtcNow(Assert.IsType<Decision.Wait>(world.Decide()).Until);
        }

        Assert.NotEmpty(await world.RunAllAsync());
        world.Pass(TimeSpan.FromMinutes(10));
    }
}
