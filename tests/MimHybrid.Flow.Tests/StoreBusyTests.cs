using Microsoft.Extensions.Logging;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>Another program, such as a backup, holds the store for a while: nothing is lost by it, and nobody is alarmed.</summary>
public sealed class StoreBusyTests
{
    private const int Interrupted = 1028;
    private const int Busy = 1029;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cycle_that_it_cut_off_is_not_blamed_on_an_end_of_the_agent_and_the_next_carries_all()
    {
        using var log = new LogKeeper();
        World? seen = null;
        await using var world = await World.StartAsync(new WorldSetup
        {
            WaitsPass = true,
            Logs = log,
            Door = server => new HearingDoor(server, () => seen!.Store.Committing = () => Hold(seen)),
        });
        seen = world;
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();

        var loop = world.Loop.RunAsync(
            _ =>
            {
                world.Store.Requests.RequestStop("ada", world.Clock.GetUtcNow()); // all is done
                return Task.FromResult(false);
            },
            Token);
        await log.UntilAsync(lines => lines.Exists(line => line.Id == Busy), Token);
        while (log.Count(Interrupted) == 0) // the pause; afterwards time stands still, so that it outruns no request
        {
            world.Pass(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await loop.InTimeAsync("the next cycle");
        var (cut, next) = (world.RunLog[0], world.RunLog[1]);
        Assert.Equal(CycleOutcome.Abandoned, cut.Outcome);
        Assert.Equal(
            "The agent could not go on with this cycle; its changes stay pending. Another program holds the store.", cut.Failure);
        Assert.Equal(CycleOutcome.Succeeded, next.Outcome);
        Assert.Equal(["Lena Brandt"], world.Accounts);
        Assert.Contains("then the agent tries again", Assert.Single(log.Lines, line => line.Id == Busy).Text, StringComparison.Ordinal);
        Assert.EndsWith(
            "by a fault; its changes stay pending",
            Assert.Single(log.Lines, line => line.Id == Interrupted).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.Level > LogLevel.Warning || line.Exception is not null);
    }

    private static void Hold(World world)
    {
        world.Store.Committing = null; // held for one write
        throw new StoreException("Another program holds the store.") { IsPassing = true };
    }
}
