using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>A trial beside the old loop: everything but starting runs.</summary>
public sealed class ObserveTests
{
    [Fact]
    public async Task The_run_log_says_what_would_have_run_and_MIM_is_asked_for_nothing()
    {
        await using var world = await World.StartAsync(Observing);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();

        var first = Assert.Single(await world.RunAllAsync());
        Assert.Equal(("WeeklyFull", "Full (observed)", CycleOutcome.Succeeded), (first.Function, first.Sequence, first.Outcome));
        Assert.Equal("no Full (observed) cycle has ended well yet", first.Reason);
        Assert.Equal("Lena Brandt", Assert.Single(first.Changes).Name);
        Assert.Equal(
            [
                "AADMA Full Import (Stage Only): observed only; it would run",
                "AADMA Full Synchronization: observed only; it would run",
                "ADMA Full Import (Stage Only): observed only; it would run",
                "ADMA Full Synchronization: observed only; it would run",
                "ADMA Export: observed only; it would run if exports are pending",
                "ADMA Delta Import (Stage Only): observed only; it would run if something was exported",
                "ADMA Delta Synchronization: observed only; it would run if something was exported",
            ],
            first.Steps.Select(step => $"{step.ManagementAgent} {step.RunProfile}: {step.SkippedBecause}"));

        world.People.Invite("Adam Miller", "adam@fabrikam.example");
        var second = Assert.Single(await world.PollAndRunAsync());
        Assert.Equal(("GuestChanges", "ChangeDriven (observed)"), (second.Function, second.Sequence));
        Assert.Equal("observed only: nothing was started", CycleWords.Result(second));
        Assert.Equal("observed only", GuestFate.Of(second, second.Changes[0]));
        Assert.Equal("Adam Miller", Assert.Single(second.Changes).Name);

        world.Pass(TimeSpan.FromHours(1));
        Assert.Equal("Fallback (observed)", Assert.Single(await world.PollAndRunAsync()).Sequence);
        Assert.Equal(WaitCause.Idle, Assert.IsType<Decision.Wait>(world.Decide()).Cause);
        Assert.Empty(world.Accounts);
        Assert.All(world.RunLog.SelectMany(cycle => cycle.Steps), step => Assert.Null(step.RunNumber));
    }

    [Fact]
    public async Task Once_the_trial_is_over_a_full_brings_everybody()
    {
        await using var world = await World.StartAsync(Observing);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();
        await world.RunAllAsync();

        foreach (var (_, function) in world.Settings.Functions) function.Observe = false;
        world.Restart();

        Assert.Equal(("WeeklyFull", "Full"), Assert.Single(await world.RunAllAsync()) is var full ? (full.Function, full.Sequence) : default);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task A_mass_removal_is_held_in_a_trial_too_and_a_forced_run_is_only_observed()
    {
        await using var world = await World.StartAsync(settings =>
        {
            Observing(settings);
            settings.RemovalGuard.Count = 2;
        });
        for (var guest = 0; guest < 9; guest++) world.People.Invite($"Guest {guest}", $"guest{guest}@fabrikam.example");
        await world.PollAsync();
        await world.RunAllAsync();
        Assert.Equal("ChangeDriven (observed)", (await world.ForceAsync("ChangeDriven")).Sequence);
        world.DeleteGuests(3);
        await world.PollAsync();
        Assert.IsType<Decision.Hold>(world.Decide());
    }

    private static void Observing(AgentSettings settings)
    {
        foreach (var (_, function) in settings.Functions) function.Observe = true;
    }
}
