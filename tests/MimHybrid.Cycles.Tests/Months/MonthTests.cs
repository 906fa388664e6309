using MimHybrid.Benchmarks.Months;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Tests.Months;

/// <summary>
/// The month that the benchmarks replay, in small: two days of a tiny tenant. What it counts is right, or its table says nothing.
/// </summary>
public sealed class MonthTests
{
    private static readonly Profile Import = new(OfGuests: true, StepKind.Import, IsFull: false);
    private static readonly Profile Synchronization = new(OfGuests: true, StepKind.Synchronization, IsFull: false);
    private static readonly Profile Export = new(OfGuests: false, StepKind.Export, IsFull: false);
    private static readonly Profile ImportBack = new(OfGuests: false, StepKind.Import, IsFull: false);
    private static readonly Profile SynchronizationBack = new(OfGuests: false, StepKind.Synchronization, IsFull: false);

    private static readonly MonthSetup TwoDays = new() { Users = 500, InvitationsADay = 12, Burst = 20, Days = 2, Months = 1 };

    public static TheoryData<string> Schedules => [.. MonthBenchmark.Schedules.Select(schedule => schedule.Name)];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Each_guest_is_exported_then_confirmed_and_the_evening_leaves_nobody_pending(string name)
    {
        var month = LivedMonth.Live(TwoDays, MonthBenchmark.Schedules.Single(schedule => schedule.Name == name));
        Assert.Equal(2 * (TwoDays.InvitationsADay + TwoDays.Burst), month.Arrivals.Count);
        Assert.All(month.Arrivals, arrival => Assert.True(arrival.Exported > 0 && arrival.Confirmed > arrival.Exported, $"{arrival}"));
        Assert.True(month.Server.Busy >= TwoDays.ProfileStart * (month.Server.ProfilesRun - 2)); // an outage cuts one run short at most
    }

    [Fact]
    public void Who_is_never_exported_counts_as_pending()
    {
        var never = new LoopSchedule("imports alone", [Import], (_, ended) => ended.AddHours(1), goesOn: true);
        var result = MonthResult.Of(TwoDays, never);
        Assert.Equal(result.Invited, result.Pending);
    }

    [Fact]
    public void A_wait_that_met_no_outage_is_told_apart()
    {
        var result = MonthResult.Of(TwoDays, LoopSchedule.OldWithDeltas);
        Assert.InRange(result.LongestWithoutOutages, 1, result.Longest - 1);
    }

    [Fact]
    public void Without_any_change_the_agent_runs_what_its_timers_say_and_the_table_says_so()
    {
        var setup = TwoDays with { InvitationsADay = 0, Burst = 0, Churn = 0 };
        var timed = new AgentSettings().FunctionsTriggeredBy(TriggerKind.Timer).Select(timer => timer.Settings.Sequence).ToHashSet();
        Assert.All(LivedMonth.Live(setup, new PlannedSchedule()).Report.Cycles, cycles => Assert.Contains(cycles.Sequence, timed));
        Assert.DoesNotContain("NaN", MonthTable.Write(setup, MonthBenchmark.Replay(setup, [setup.Users])), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_table_and_another_one_another()
    {
        string Table(int seed) => MonthTable.Write(TwoDays, MonthBenchmark.Replay(TwoDays with { Seed = seed }, [TwoDays.Users]));
        var once = Table(seed: 1);
        Assert.Equal(once, Table(seed: 1));
        Assert.NotEqual(once, Table(seed: 2));
    }

    [Fact]
    public void After_a_failed_import_the_agent_runs_no_further_step_and_carries_nothing()
    {
        var (tenant, settings) = (new TenantMonth(TwoDays), new AgentSettings());
        var server = new ModelServer(TwoDays, tenant);
        var (polls, cycles) = (new ModelPolls(TwoDays, tenant, settings), new ModelCycles(settings, server));
        var away = tenant.GraphIsAway.From;
        server.Run(Import, away.AddMinutes(-10)); // so that there is something to synchronize and to export
        polls.CatchUp(away.AddTicks(-1));
        var pending = polls.Pending.Count;
        cycles.Run(new Decision.Run("GuestChanges", TriggerKind.GraphDelta, "ChangeDriven", null, "a test"), polls, away);
        Assert.Equal(1 + 1 + settings.Retries.Count, server.ProfilesRun);
        Assert.True(pending > 0 && polls.Pending.Count == pending);
        Assert.Equal("ChangeDriven", Assert.Single(cycles.Describe(polls, away).Failures).Key);
    }

    [Fact]
    public void A_good_cycle_carries_what_was_known_when_its_import_began()
    {
        var (tenant, settings) = (new TenantMonth(TwoDays), new AgentSettings());
        var (polls, cycles) = (new ModelPolls(TwoDays, tenant, settings), new ModelCycles(settings, new ModelServer(TwoDays, tenant)));
        var later = MonthSetup.Start.AddDays(3);
        polls.CatchUp(later);
        Assert.NotEqual(0, polls.Pending.Count);
        cycles.Run(new Decision.Run("GuestChanges", TriggerKind.GraphDelta, "ChangeDriven", null, "a test"), polls, later);
        Assert.Equal(0, polls.Pending.Count);
        Assert.Empty(cycles.Describe(polls, later).Failures);
    }

    [Fact]
    public void What_a_cycle_exports_after_its_import_failed_is_counted()
    {
        var tenant = new TenantMonth(TwoDays);
        var server = new ModelServer(TwoDays, tenant);
        Assert.True(server.Run(Import, tenant.GraphIsAway.From.AddMinutes(-10)).Well);
        server.BeginCycle();
        Assert.False(server.Run(Import, tenant.GraphIsAway.From).Well);
        var synchronized = server.Run(Synchronization, tenant.GraphIsAway.From.AddMinutes(1));
        var exported = server.Run(Export, synchronized.At);
        Assert.True(exported is { Well: true, Done: > 0 });
        Assert.Equal(exported.Done, server.ExportedAfterFailedImport);
    }

    [Fact]
    public void A_synchronization_with_nothing_staged_is_one_for_nothing()
    {
        var server = new ModelServer(TwoDays, new TenantMonth(TwoDays));
        server.Run(Synchronization, MonthSetup.Start);
        Assert.Equal(1, server.IdleSynchronizations);
        Assert.Equal(TwoDays.ProfileStart, server.Busy);
    }

    [Fact]
    public void A_run_takes_its_start_each_object_that_it_looks_at_and_each_change()
    {
        var tenant = new TenantMonth(TwoDays);
        var server = new ModelServer(TwoDays, tenant);
        var dawn = MonthSetup.Start.AddHours(7);
        var full = server.Run(Import with { IsFull = true }, dawn);
        Assert.Equal(dawn + TwoDays.ProfileStart + (TwoDays.FullImport * TwoDays.Users), full.At);
        var late = MonthSetup.Start.AddDays(3);
        Assert.Equal(late + TwoDays.ProfileStart + (TwoDays.Change * tenant.Events.Count), server.Run(Import, late).At);
    }

    [Fact]
    public void An_account_is_confirmed_once_MIM_has_read_it_back_and_synchronized_it()
    {
        var tenant = new TenantMonth(TwoDays);
        var server = new ModelServer(TwoDays, tenant);
        var at = MonthSetup.Start.AddDays(3);
        foreach (var profile in new[] { Import, Synchronization, Export, ImportBack }) at = server.Run(profile, at).At;
        Assert.All(server.ConfirmedAt, Assert.Null);
        var confirmed = server.Run(SynchronizationBack, at).At;
        Assert.All(
            tenant.Events.Zip(server.ConfirmedAt),
            pair => Assert.Equal(pair.First.Kind == TenantEventKind.MemberChanged ? null : confirmed, pair.Second));
    }
}
