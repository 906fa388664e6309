using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;
using static MimHybrid.Cycles.Tests.Planning.Given;

namespace MimHybrid.Cycles.Tests.Planning;

/// <summary>The eight rules, each alone and against the ones it outranks.</summary>
public sealed class CyclePlannerTests
{
    [Fact]
    public void With_nothing_to_do_it_waits_for_the_fallback_and_says_when()
    {
        var wait = Assert.IsType<Decision.Wait>(Quiet.Decide());
        Assert.Equal(Noon.AddMinutes(50), wait.Until);
        Assert.Equal("no guest changes pending; FallbackCycle is due at 12:50:00", wait.Reason);
    }

    [Fact]
    public void Settled_changes_start_the_change_driven_sequence()
    {
        var run = Assert.IsType<Decision.Run>(Quiet.With(added: 2, removed: 1, secondsAgo: 31).Decide());
        Assert.Equal(("GuestChanges", "ChangeDriven"), (run.Function, run.Sequence));
        Assert.Equal("3 guest changes (2 added, 1 removed) pending", run.Reason);
    }

    [Fact]
    public void A_fresh_change_waits_for_the_settle_time()
    {
        var wait = Assert.IsType<Decision.Wait>(Quiet.With(added: 1, secondsAgo: 4).Decide());
        Assert.Equal((Noon.AddSeconds(6), WaitCause.Settling), (wait.Until, wait.Cause));
    }

    [Fact]
    public void Changes_that_keep_coming_do_not_wait_longer_than_the_longest_wait()
    {
        var trickle = Quiet.With(added: 9) with
        {
            Pending = Quiet.With(added: 9).Pending with { Oldest = Noon.AddMinutes(-5), Newest = Noon, OldestArrival = Noon.AddMinutes(-5) },
        };
        Assert.IsType<Decision.Run>(trickle.Decide());
    }

    [Fact]
    public void The_fallback_is_due_an_interval_after_the_last_good_full_cycle_and_outranks_pending_changes()
    {
        var anHourAgo = Quiet.With(added: 1) with { LastSuccess = new Dictionary<string, DateTimeOffset> { ["Full"] = Noon.AddHours(-1) } };
        var run = Assert.IsType<Decision.Run>(anHourAgo.Decide());
        Assert.Equal(("FallbackCycle", "Fallback"), (run.Function, run.Sequence));
    }

    [Fact]
    public void A_data_folder_without_any_good_full_cycle_begins_with_one()
    {
        var run = Assert.IsType<Decision.Run>((Quiet with { LastSuccess = new Dictionary<string, DateTimeOffset>() }).Decide());
        Assert.Equal("no Full cycle has ended well yet", run.Reason);
    }

    [Fact]
    public void Of_several_timers_it_waits_for_the_one_that_is_due_first()
    {
        var settings = SettingsWith(s => s.Functions["NightlyCycle"] = new FunctionSettings
        {
            Trigger = TriggerKind.Timer,
            Interval = TimeSpan.FromDays(1),
            Sequence = "ChangeDriven",
        });
        var both = Quiet with { LastSuccess = new Dictionary<string, DateTimeOffset> { ["Full"] = Noon.AddMinutes(-10), ["ChangeDriven"] = Noon.AddMinutes(-10) } };

        Assert.Equal(Noon.AddMinutes(50), Assert.IsType<Decision.Wait>(both.Decide(settings)).Until);
    }

    [Fact]
    public void A_weekend_of_downtime_is_caught_up_with_one_cycle()
    {
        var monday = Noon.AddDays(2);
        Assert.IsType<Decision.Run>(Quiet.Decide(now: monday));
        Assert.IsType<Decision.Wait>((Quiet with { LastSuccess = new Dictionary<string, DateTimeOffset> { ["Full"] = monday } }).Decide(now: monday));
    }

    [Fact]
    public void Before_the_boot_delay_only_a_forced_run_runs()
    {
        var booted = Quiet.With(added: 1) with { BootedAt = Noon.AddMinutes(-14), LastSuccess = new Dictionary<string, DateTimeOffset>() };
        var wait = Assert.IsType<Decision.Wait>(booted.Decide());
        Assert.Equal((Noon.AddMinutes(1), WaitCause.BootDelay), (wait.Until, wait.Cause));
        Assert.IsType<Decision.Run>(booted.Forced().Decide());
        Assert.IsType<Decision.Run>(booted.Decide(now: Noon.AddMinutes(1)));
    }

    [Fact]
    public void In_a_maintenance_window_nothing_runs_until_its_end()
    {
        var settings = SettingsWith(s => s.WindowFrom("0 11 * * SUN", hours: 3));
        var wait = Assert.IsType<Decision.Wait>(Quiet.With(added: 1).Decide(settings));
        Assert.Equal((Noon.AddHours(2), WaitCause.MaintenanceWindow), (wait.Until, wait.Cause));
        Assert.IsType<Decision.Run>(Quiet.With(added: 1).Decide(settings, Noon.AddHours(2)));
    }

    [Fact]
    public void Of_several_open_windows_the_one_that_ends_last_counts()
    {
        foreach (var (first, second) in new[] { (3, 5), (5, 3) })
        {
            var settings = SettingsWith(s =>
            {
                s.WindowFrom("0 11 * * SUN", first);
                s.WindowFrom("30 11 * * SUN", second);
            });
            Assert.Equal(Noon.AddMinutes(first == 3 ? 270 : 240), Assert.IsType<Decision.Wait>(Quiet.Decide(settings)).Until);
        }
    }

    [Fact]
    public void A_forced_run_enters_a_maintenance_window_only_when_it_says_so()
    {
        var settings = SettingsWith(s => s.WindowFrom("0 11 * * SUN", hours: 3));
        Assert.Contains("--past-window", Assert.IsType<Decision.Wait>(Quiet.Forced().Decide(settings)).Reason, StringComparison.Ordinal);
        Assert.IsType<Decision.Run>(Quiet.Forced(pastWindow: true).Decide(settings));
    }

    [Fact]
    public void A_window_is_counted_in_the_servers_time_zone_across_a_change_of_the_clocks()
    {
        // In Berlin the clocks go back on 25 October 2026 at 03:00: the window from 02:00 opens in summer time and lasts three real hours.
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var calendar = new MaintenanceCalendar([new MaintenanceWindowSettings { Cron = "0 2 * * SUN", Duration = TimeSpan.FromHours(3) }], berlin);
        var opened = new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(opened.AddHours(3), calendar.EndOfOpenWindow(opened));
        Assert.Equal(opened.AddHours(3), calendar.EndOfOpenWindow(opened.AddHours(3).AddTicks(-1)));
        Assert.Null(calendar.EndOfOpenWindow(opened.AddHours(3)));
    }

    [Fact]
    public void After_a_failure_it_waits_and_says_what_failed()
    {
        var wait = Assert.IsType<Decision.Wait>(Quiet.With(added: 1).Failed(times: 1, secondsAgo: 1).Decide());
        Assert.Equal(WaitCause.Backoff, wait.Cause);
        Assert.StartsWith("the last ChangeDriven cycle did not end well: AADMA Delta Import: stopped-server-down.", wait.Reason, StringComparison.Ordinal);
        Assert.IsType<Decision.Run>(Quiet.With(added: 1).Failed(times: 1, secondsAgo: 31).Decide());
    }

    [Fact]
    public void A_cause_that_needs_a_person_holds_and_is_tried_again_slowly()
    {
        var hold = Assert.IsType<Decision.Hold>(Quiet.With(added: 1).Failed(times: 1, secondsAgo: 60, needsPerson: true).Decide());
        Assert.Equal(Noon.AddMinutes(29), hold.RetryAt);
        Assert.IsType<Decision.Run>(Quiet.LastFull(secondsAgo: 2000).With(added: 1).Failed(times: 1, secondsAgo: 1800, needsPerson: true).Decide());
    }

    [Fact]
    public void A_full_that_cannot_end_well_does_not_keep_guest_changes_waiting()
    {
        var failing = OldFull.LastFallback(secondsAgo: 90).Failed(times: 9, secondsAgo: 60, needsPerson: true, sequence: "Full");

        var hold = Assert.IsType<Decision.Hold>(failing.Decide());
        Assert.Equal(Noon.AddMinutes(29), hold.RetryAt);
        Assert.EndsWith("It is tried again at 12:29:00; guest changes do not wait for it", hold.Reason, StringComparison.Ordinal);

        Assert.Equal(WaitCause.Settling, Assert.IsType<Decision.Wait>(failing.With(added: 1, secondsAgo: 4).Decide()).Cause);
        Assert.Equal("ChangeDriven", Assert.IsType<Decision.Run>(failing.With(added: 1, secondsAgo: 31).Decide()).Sequence);
    }

    [Fact]
    public void A_change_driven_sequence_that_cannot_end_well_does_not_keep_the_fallback_waiting()
    {
        var failing = Quiet.With(added: 1).Failed(times: 9, secondsAgo: 60, sequence: "ChangeDriven");
        Assert.Equal(WaitCause.Backoff, Assert.IsType<Decision.Wait>(failing.Decide()).Cause);
        Assert.Equal("Fallback", Assert.IsType<Decision.Run>(failing.LastFull(secondsAgo: 3600).Decide()).Sequence);
    }

    [Fact]
    public void Of_two_sequences_that_failed_the_one_that_needs_a_person_is_told_and_else_the_one_that_runs_first()
    {
        var full = OldFull.LastFallback(secondsAgo: 90).Failed(times: 9, secondsAgo: 60, sequence: "Full");
        Assert.Contains("the last ChangeDriven cycle", full.Failed(times: 1, secondsAgo: 1, sequence: "ChangeDriven").Decide().Reason, StringComparison.Ordinal);

        var needsPerson = OldFull.LastFallback(secondsAgo: 90).Failed(times: 9, secondsAgo: 60, needsPerson: true, sequence: "Full");
        Assert.Contains("the last 9 Full cycles", needsPerson.Failed(times: 1, secondsAgo: 1, sequence: "ChangeDriven").Decide().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_that_ended_well_since_ends_the_backoff_of_others_and_not_the_other_way_round()
    {
        var mended = Quiet.LastFull(secondsAgo: 30).With(added: 1).Failed(times: 9, secondsAgo: 60, sequence: "ChangeDriven");
        Assert.Equal("ChangeDriven", Assert.IsType<Decision.Run>(mended.Decide()).Sequence);

        var fullStillFails = OldFull.LastFallback(secondsAgo: 1).Failed(times: 9, secondsAgo: 60, sequence: "Full");
        fullStillFails = fullStillFails with { LastSuccess = fullStillFails.LastSuccess.Append(KeyValuePair.Create("ChangeDriven", Noon)).ToDictionary() };
        Assert.Equal(WaitCause.Backoff, Assert.IsType<Decision.Wait>(fullStillFails.Decide()).Cause);
    }

    [Fact]
    public void Whoever_stopped_a_run_has_the_server_for_the_longest_backoff_unless_somebody_forces_one()
    {
        var stopped = OldFull.With(added: 1) with { PersonsStop = new PersonsStop(7, Noon.AddMinutes(-10)) };
        var wait = Assert.IsType<Decision.Wait>(stopped.Decide());
        Assert.Equal((Noon.AddMinutes(20), WaitCause.PersonsStop), (wait.Until, wait.Cause));
        Assert.Contains("To go on at once: mimhybrid --force. Pending: 1 guest change (1 added)", wait.Reason, StringComparison.Ordinal);

        Assert.IsType<Decision.Run>(stopped.Forced().Decide());
        Assert.IsType<Decision.Run>(stopped.Decide(now: Noon.AddMinutes(20)));
        Assert.IsType<Decision.Run>((stopped with { PersonsStop = new PersonsStop(7, Noon.AddDays(1)) }).Decide()); // the clock was set back
    }

    [Fact]
    public void A_forced_sequence_has_the_name_of_the_settings_however_it_was_typed() =>
        Assert.Equal("ChangeDriven", Assert.IsType<Decision.Run>(Quiet.Forced("changedriven").Decide()).Sequence);

    [Fact]
    public void A_forced_run_does_not_wait_for_a_backoff()
    {
        var run = Assert.IsType<Decision.Run>(Quiet.Failed(times: 9, secondsAgo: 1, needsPerson: true).Forced("ChangeDriven").Decide());
        Assert.Equal(("ForcedRun", "ChangeDriven", @"forced by CONTOSO\ada"), (run.Function, run.Sequence, run.Reason));
    }

    [Fact]
    public void More_removals_than_allowed_hold_everything_a_forced_run_too()
    {
        var hold = Assert.IsType<Decision.Hold>(Quiet.With(removed: 51).Forced().Decide());
        Assert.Null(hold.RetryAt);
        Assert.Contains("mimhybrid approve removals", hold.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 0, true)] // the last four of a small tenant: too few for a percentage to mean anything
    [InlineData(5, 45, true)] // exactly ten percent
    [InlineData(5, 44, false)]
    [InlineData(50, 100_000, true)]
    [InlineData(51, 100_000, false)]
    public void The_removal_guard_counts_and_takes_percentages(long removals, long remaining, bool allowed) =>
        Assert.Equal(allowed, new RemovalGuard(new RemovalGuardSettings()).Allows(removals, remaining));

    [Theory]
    [InlineData(4, 5, true)]
    [InlineData(5, 10, false)]
    [InlineData(250, 1_000, true)] // exactly a quarter
    [InlineData(251, 1_000, false)]
    [InlineData(500, 100_000, true)]
    [InlineData(501, 100_000, false)]
    public void What_imports_staged_has_limits_of_its_own(long deletes, long objects, bool allowed) =>
        Assert.Equal(allowed, new RemovalGuard(new RemovalGuardSettings()).AllowsStaged(deletes, objects));

    [Fact]
    public void Deletions_held_before_an_export_hold_everything()
    {
        var hold = Assert.IsType<Decision.Hold>((Quiet.Forced() with { HeldExport = new HeldDeletes(12, "ADMA", 80) }).Decide());
        Assert.Contains("80 deletions wait for export to ADMA (found by cycle 12)", hold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Deletions_held_before_a_synchronization_hold_everything()
    {
        var hold = Assert.IsType<Decision.Hold>((Quiet.Forced() with { HeldStaged = new HeldDeletes(12, "AADMA", 800) }).Decide());
        Assert.Contains("800 deletions are staged by an import on AADMA (found by cycle 12)", hold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_was_set_back_stops_nothing()
    {
        var fromTheFuture = Quiet.With(added: 1, secondsAgo: -86_400).Failed(times: 3, secondsAgo: -86_400) with { BootedAt = Noon.AddDays(1) };
        Assert.IsType<Decision.Run>(fromTheFuture.Decide());
        Assert.IsType<Decision.Run>((Quiet with { LastSuccess = new Dictionary<string, DateTimeOffset> { ["Full"] = Noon.AddDays(1) } }).Decide());
    }

    [Fact]
    public void A_disabled_function_starts_nothing()
    {
        var settings = SettingsWith(s => s.Functions.Values.ToList().ForEach(function => function.Enabled = false));
        var wait = Assert.IsType<Decision.Wait>(Quiet.With(added: 1).Decide(settings, Noon.AddMinutes(20)));
        Assert.Equal("1 guest change (1 added) pending, and no timer function is enabled", wait.Reason);
        Assert.Equal(Noon.AddHours(2), wait.Until); // from the full hour: the same question gets the same answer
    }
}
