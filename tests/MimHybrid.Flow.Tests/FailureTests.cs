using MimHybrid.Cycles.Planning;
using MimHybrid.Graph;
using MimHybrid.Mim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>What goes wrong stays visible, loses nothing, and mends itself where it can.</summary>
public sealed class FailureTests
{
    private const string DeltaImport = "Delta Import (Stage Only)";

    [Theory]
    [InlineData("AADMA", DeltaImport, "stopped-connectivity", 1)]
    [InlineData("AADMA", "Delta Synchronization", "stopped-deadlocked", 2)]
    [InlineData("ADMA", "Export", "stopped-server-down", 3)]
    [InlineData("ADMA", DeltaImport, "no-start-connection", 4)]
    public async Task No_step_follows_a_failed_one_and_the_change_stays_pending(string agent, string profile, string word, int steps)
    {
        await using var world = await World.StartSettledAsync(settings => settings.Retries.Count = 0);
        world.Mim.Script.Answer(agent, profile, word);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var failed = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Failed, steps), (failed.Outcome, failed.Steps.Count));
        Assert.Contains(word, failed.Failure, StringComparison.Ordinal);
        Assert.Equal(1, world.Store.Reader.ReadSnapshot(default).Pending.Count);
        var wait = Assert.IsType<Decision.Wait>(world.Decide());
        Assert.Equal(WaitCause.Backoff, wait.Cause);

        world.Clock.SetUtcNow(wait.Until);
        var mended = Assert.Single(await world.RunAllAsync());
        Assert.Equal((CycleOutcome.Succeeded, "Lena Brandt"), (mended.Outcome, Assert.Single(mended.Changes).Name));
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task An_export_whose_confirmation_failed_is_confirmed_by_the_next_cycle_once()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Retries.Count = 0);
        world.Mim.Script.Answer("ADMA", DeltaImport, "stopped-connectivity");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.Equal(CycleOutcome.Failed, Assert.Single(await world.PollAndRunAsync()).Outcome);
        Assert.False(world.Mim.IsSettled);

        world.Pass(TimeSpan.FromMinutes(1));
        var cycle = Assert.Single(await world.RunAllAsync());
        Assert.Equal((CycleOutcome.Succeeded, true), (cycle.Outcome, world.Mim.IsSettled));

        var next = await world.ForceAsync("ChangeDriven");
        Assert.Equal(("nothing exported", "nothing staged"), (next.Steps[^2].SkippedBecause, next.Steps[^1].SkippedBecause));
    }

    [Fact]
    public async Task A_full_that_always_fails_keeps_no_guest_waiting()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Functions["FallbackCycle"].Sequence = "Full");
        world.Mim.Script.PlanEvery("ADMA", "Full Import (Stage Only)", new RunPlan { Result = "no-start-credentials" });
        world.Pass(TimeSpan.FromHours(1));
        Assert.Equal(CycleOutcome.Failed, Assert.Single(await world.RunAllAsync()).Outcome);
        Assert.IsType<Decision.Hold>(world.Decide());

        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal(("ChangeDriven", CycleOutcome.Succeeded), (cycle.Sequence, cycle.Outcome));
        Assert.Equal(["Lena Brandt"], world.Accounts);
        Assert.IsType<Decision.Hold>(world.Decide());
    }

    [Fact]
    public async Task Whoever_stops_a_run_has_the_server_for_half_an_hour_and_the_change_is_not_lost()
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.Answer("AADMA", DeltaImport, "stopped-user-termination-from-wmi-or-ui");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.Equal(CycleOutcome.Stopped, Assert.Single(await world.PollAndRunAsync()).Outcome);

        var wait = Assert.IsType<Decision.Wait>(world.Decide());
        Assert.Equal((WaitCause.PersonsStop, world.Clock.GetUtcNow().AddMinutes(30)), (wait.Cause, wait.Until));
        world.Restart();
        Assert.Equal(wait, world.Decide());

        world.Clock.SetUtcNow(wait.Until);
        Assert.Equal(CycleOutcome.Succeeded, Assert.Single(await world.RunAllAsync()).Outcome);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task When_mim_asks_for_a_full_import_it_gets_one_and_the_cycle_goes_on()
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.Answer("AADMA", DeltaImport, "no-start-full-import-required");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome);
        Assert.Equal(["no-start-full-import-required", "success"], cycle.Steps.Take(2).Select(step => step.Result));
        Assert.Equal("Full Import (Stage Only)", cycle.Steps[1].RunProfile);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task A_refused_start_is_not_credited_with_the_run_before()
    {
        await using var world = await World.StartSettledAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        world.Mim.Script.Answer("AADMA", DeltaImport, "no-start-server");
        world.People.Invite("Max Vogel", "max@fabrikam.example");

        var refused = Assert.Single(await world.PollAndRunAsync());

        var step = Assert.Single(refused.Steps);
        Assert.Equal(("no-start-server", 5), (step.Result, step.RunNumber)); // its own row, after 3 and 4 which did the work for Lena
        Assert.Empty(step.Counters!.Groups);
    }

    [Fact]
    public async Task What_failed_is_told_in_brief_below_its_own_cycle_and_whole_below_another()
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.Answer("AADMA", "Full Import (Stage Only)", "no-start-credentials");
        var full = await world.ForceAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        var other = Assert.Single(await world.PollAndRunAsync());

        Assert.Contains("no-start-credentials", full.NextDecision, StringComparison.Ordinal);
        Assert.DoesNotContain("no-start-credentials", full.NextBrief, StringComparison.Ordinal);
        Assert.Contains("no-start-credentials", other.NextDecision, StringComparison.Ordinal);
        Assert.Null(other.NextBrief);
    }

    [Fact]
    public async Task An_import_that_could_not_read_everything_is_not_synchronized_unless_the_settings_allow_it()
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.Answer("AADMA", DeltaImport, "completed-discovery-errors");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        var cycle = Assert.Single(await world.PollAndRunAsync());
        Assert.Equal((CycleOutcome.Failed, 1), (cycle.Outcome, cycle.Steps.Count));

        world.Settings.SynchronizeIncompleteImports = true;
        world.Mim.Script.Answer("AADMA", DeltaImport, "completed-discovery-errors");
        Assert.Equal(CycleOutcome.SucceededWithFindings, (await world.ForceAsync("ChangeDriven")).Outcome);
    }

    [Theory]
    [InlineData(CimFailure.Unreachable, false)]
    [InlineData(CimFailure.AccessDenied, true)]
    [InlineData(CimFailure.InvalidNamespace, true)]
    public async Task A_sync_server_that_cannot_be_asked_fails_the_cycle_in_words_and_recovers(CimFailure failure, bool needsPerson)
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.RefuseCalls(failure);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var failed = Assert.Single(await world.PollAndRunAsync());
        Assert.Equal(CycleOutcome.Failed, failed.Outcome);
        Assert.Equal(needsPerson, world.Decide() is Decision.Hold);

        world.Mim.Script.AnswerCalls();
        world.Pass(TimeSpan.FromMinutes(30));
        Assert.Equal(CycleOutcome.Succeeded, Assert.Single(await world.RunAllAsync()).Outcome);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task A_tenant_that_is_away_costs_a_poll_and_no_change()
    {
        await using var world = await World.StartSettledAsync();
        world.Tenant.Faults.Outage = true;
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.IsType<PollResult.Failed>(await world.PollAsync());
        Assert.IsType<PollResult.Failed>(await world.PollAsync());

        world.Tenant.Faults.Outage = false;
        Assert.Equal(CycleOutcome.Succeeded, Assert.Single(await world.PollAndRunAsync()).Outcome);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }
}
