using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Simulation.Tests;

/// <summary>
/// What a month of operation leaves in the run log: the statements that a log can show, from src/README.md#statement-1 on.
/// </summary>
[Collection(nameof(Month))]
public sealed class AMonthTests(Month month)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>In the month's zone, which is UTC, on each day but the first.</summary>
    private IEnumerable<DateTimeOffset> Nights =>
        Enumerable.Range(1, 30).Select(day => new DateTimeOffset(month.Log[0].StartedAt.Date.AddDays(day).AddHours(4.5), TimeSpan.Zero));

    private IEnumerable<DateTimeOffset> Sundays => Nights.Where(night => night.DayOfWeek == DayOfWeek.Sunday);

    private IEnumerable<CycleRecord> FullOnes => TimedOnes.Where(cycle => cycle.Sequence == "Full");

    /// <summary>That read everything.</summary>
    private IEnumerable<CycleRecord> NightlyOnes => TimedOnes.Where(cycle => cycle.Sequence is "Full" or "Nightly");

    private IEnumerable<CycleRecord> TimedOnes =>
        month.Log.Where(cycle => cycle is { Sequence: "Full" or "Nightly" or "Fallback", EndedWell: true });

    /// <summary>And those that did as much, because no step was left out.</summary>
    private IEnumerable<CycleRecord> HourlyOnes => month.Log.Where(cycle => cycle.EndedWell
        && (cycle.Sequence != "ChangeDriven" || cycle.Steps.All(step => step.SkippedBecause is null)));

    [Fact]
    public void Each_change_was_carried_in_time_by_a_cycle_that_began_after_it()
    {
        var carried = month.Log.Where(cycle => cycle.EndedWell)
            .SelectMany(cycle => cycle.Changes, (cycle, change) => (change.Id, change.DetectedAt, CarriedAt: cycle.EndedAt))
            .ToLookup(change => change.Id);
        Assert.True(month.Changes.Count > 50);
        Assert.All(month.Changes, change => Assert.Contains(
            carried[change.Id], carry => carry.DetectedAt >= change.At && carry.CarriedAt <= month.DueBy(change.At, Month.Bound)));
        Claims.NothingIsPending(month.World.Store);
        Claims.EveryGuestHasAnAccountAndNobodyElse(month.World);
    }

    [Fact]
    public void No_cycle_ran_without_a_cause() => Assert.All(month.Log, cycle =>
    {
        var lastFull = FullOnes.LastOrDefault(full => full.EndedAt <= cycle.StartedAt);
        var lastNightly = NightlyOnes.LastOrDefault(nightly => nightly.EndedAt <= cycle.StartedAt);
        Assert.True(cycle switch
        {
            { Trigger: TriggerKind.GraphDelta } => cycle.Changes.Count > 0,
            { Function: "WeeklyFull" } => lastFull is null || Sundays.Any(night => night > lastFull.EndedAt && night <= cycle.StartedAt),
            { Function: "NightlyCycle" } => Nights.Any(night => night > lastNightly!.EndedAt && night <= cycle.StartedAt),
            { Function: "FallbackCycle" } => cycle.StartedAt - HourlyOnes.Last(timed => timed.EndedAt <= cycle.StartedAt).EndedAt >= Hour,
            _ => false,
        }, $"Cycle {cycle.Id} at {cycle.StartedAt}: {cycle.Reason}");
    });

    [Fact]
    public void The_fallback_was_never_late() => Assert.All(HourlyOnes.Zip(HourlyOnes.Skip(1)), pair => Assert.True(
        pair.Second.StartedAt <= month.DueBy(pair.First.EndedAt!.Value + Hour, Month.LongestCycle), $"Cycle {pair.Second.Id}"));

    [Fact]
    public void Each_night_had_its_reading_of_everything_and_one_only_and_each_week_its_full()
    {
        Assert.All(Nights, night => Assert.Contains(
            NightlyOnes, one => one.StartedAt >= night && one.StartedAt <= month.DueBy(night, Month.LongestCycle)));
        Assert.All(Sundays, night => Assert.Contains(
            FullOnes, full => full.StartedAt >= night && full.StartedAt <= month.DueBy(night, Month.LongestCycle)));
        Assert.Equal(1 + Sundays.Count(), FullOnes.Count());
        Assert.Equal(1 + Nights.Count(), NightlyOnes.Count());
    }

    [Fact]
    public void In_a_maintenance_window_after_a_boot_and_before_an_approval_nothing_began()
    {
        var still = month.Excuses.Where(excuse => excuse.Why is "a maintenance window" or "the server restarts")
            .Append(month.Find("a mass removal") is var held ? held with { From = held.From + Month.Bound } : null!);
        Assert.All(still, time => Assert.DoesNotContain(month.Log, cycle => cycle.StartedAt >= time.From && cycle.StartedAt < time.To));
    }

    [Fact]
    public void Cycles_never_overlapped() => Claims.CyclesNeverOverlap(month.Log);

    [Fact]
    public void No_step_followed_a_failed_one_and_only_outages_made_any_fail()
    {
        Claims.NoStepFollowsAFailedOne(month.Log);
        var outages = new[] { month.Find("MIM's service is down"), month.Find("Graph is away") };
        var failed = month.Log.Where(cycle => !cycle.EndedWell).ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, cycle => Assert.Contains(outages, outage => cycle.EndedAt >= outage.From && cycle.StartedAt <= outage.To));
    }

    [Fact]
    public void No_run_of_MIM_was_credited_twice() => Assert.All(
        month.Log.SelectMany(cycle => cycle.Steps).Where(step => step.RunNumber is not null).GroupBy(step => step.ManagementAgent),
        steps => Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.True(pair.First.RunNumber < pair.Second.RunNumber)));

    [Fact]
    public void Every_wait_had_an_end_in_sight_and_a_reason() => Assert.All(month.Decisions, decided => Assert.True(decided.Decision switch
    {
        Decision.Wait wait => wait.Until > decided.At && wait.Until <= decided.At.AddHours(3) && wait.Reason.Length > 0,
        Decision.Hold { RetryAt: { } retry } hold => retry > decided.At && retry <= decided.At.AddHours(3) && hold.Reason.Length > 0,
        Decision.Hold hold => hold.Reason.Length > 0 && decided.At >= month.Find("a mass removal").From,
        var run => run.Reason.Length > 0,
    }, $"{decided}"));

    [Fact]
    public void The_run_log_holds_no_secret_and_no_delta_link() => Assert.All(month.Log.Select(RunLogJson.Line), line =>
    {
        Assert.DoesNotContain(month.World.Tenant.ClientSecret, line, StringComparison.Ordinal);
        Assert.DoesNotContain("deltatoken", line, StringComparison.OrdinalIgnoreCase);
    });
}
