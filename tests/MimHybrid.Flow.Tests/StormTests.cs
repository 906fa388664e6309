using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>
/// A fault, or a setting, must neither stop the agent for ever nor let it run wild; and whoever looks is told which of them it is.
/// </summary>
public sealed class StormTests
{
    /// <summary>The settings' rules refuse such a sequence; the planner does not rely on that.</summary>
    [Fact]
    public async Task A_sequence_that_ends_well_and_carries_nothing_is_tried_more_and_more_rarely()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Sequences["ChangeDriven"] =
            [new StepSettings { ManagementAgent = "AADMA", RunProfile = "Delta Import (Stage Only)", When = StepCondition.PendingExports }]);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var idle = Assert.Single(await world.PollAndRunAsync());
        Assert.Equal(CycleOutcome.Succeeded, idle.Outcome);
        Assert.Empty(idle.Changes);
        var first = Assert.IsType<Decision.Wait>(world.Decide());
        Assert.Equal(WaitCause.Backoff, first.Cause);
        Assert.Contains("none of the guest changes was carried", first.Reason, StringComparison.Ordinal);

        var began = world.Clock.GetUtcNow();
        world.Clock.SetUtcNow(first.Until);
        Assert.Single(await world.RunAllAsync());
        var second = Assert.IsType<Decision.Wait>(world.Decide());
        Assert.True(second.Until - first.Until > first.Until - began);
        Assert.Equal(1, world.Store.Reader.ReadSnapshot(default).Pending.Count);
    }

    [Fact]
    public async Task Without_settle_time_and_backoff_a_cycle_that_fails_is_not_followed_at_once()
    {
        await using var world = await World.StartSettledAsync(settings =>
        {
            settings.Retries.Count = 0;
            settings.ShortestPause = TimeSpan.FromSeconds(10);
            settings.Backoff.First = settings.Backoff.Longest = TimeSpan.Zero;
            settings.Functions["GuestChanges"].SettleTime = TimeSpan.Zero;
        });
        world.Mim.Script.Answer("AADMA", "Delta Import (Stage Only)", "stopped-connectivity");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        Assert.Equal(CycleOutcome.Failed, Assert.Single(await world.PollAndRunAsync()).Outcome);
        var wait = Assert.IsType<Decision.Wait>(world.Decide());
        Assert.Equal(world.Clock.GetUtcNow() + world.Settings.ShortestPause, wait.Until);
    }

    [Fact]
    public async Task A_long_step_is_no_silence()
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.Answer("AADMA", "Delta Import (Stage Only)", "stopped-connectivity");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        TimeSpan? silence = TimeSpan.MaxValue;
        world.Waits.During = async _ =>
        {
            world.Clock.Advance(TimeSpan.FromHours(2));
            while (Silence(world) is not null) await Task.Yield(); // the sign is written by whoever waits beside the cycle
            silence = Silence(world);
        };

        var cycle = (await world.PollAndRunAsync())[0];
        Assert.Equal((CycleOutcome.Succeeded, "stopped-connectivity"), (cycle.Outcome, cycle.Steps[0].Result));
        Assert.Null(silence);
        world.Pass(TimeSpan.FromMinutes(14));
        Assert.NotNull(Silence(world));
    }

    private static TimeSpan? Silence(World world) => world.Store.Reader.ReadHeartbeats().Single().SilentFor(world.Clock.GetUtcNow());
}
