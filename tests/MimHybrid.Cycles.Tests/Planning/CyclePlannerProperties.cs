using CsCheck;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;
using static MimHybrid.Cycles.Tests.Planning.Given;

namespace MimHybrid.Cycles.Tests.Planning;

/// <summary>What holds for every snapshot at every moment (src/README.md#the-planner).</summary>
public sealed class CyclePlannerProperties
{
    private static readonly Gen<DateTimeOffset> Times = Gen.Int[-200_000, 100_000].Select(seconds => Noon.AddSeconds(seconds));

    private static readonly Gen<PendingChanges> Pendings = Gen
        .Select(Gen.Int[0, 200], Gen.Int[0, 200], Gen.Int[0, 200], Times, Times, Gen.Double[0, 1])
        .Select((added, removed, approved, one, other, between) => added + removed == 0
            ? PendingChanges.None
            : new PendingChanges(
                new Dictionary<ChangeKind, long> { [ChangeKind.Added] = added, [ChangeKind.Removed] = removed },
                Math.Max(0, removed - approved),
                one < other ? one : other,
                one < other ? other : one,
                added > 0 ? one + ((other - one) * between) : null));

    private static readonly Gen<FailureStreak?> Streaks = Gen.Select(Gen.Int[0, 5], Times, Gen.Bool)
        .Select((failures, at, needsPerson) => failures == 0 ? null : new FailureStreak(failures, failures, at, "it failed", needsPerson));

    private static readonly Gen<Dictionary<string, FailureStreak>> Failings = Gen.Select(Streaks, Streaks, Streaks, Streaks)
        .Select((full, nightly, fallback, changes) => new (string Sequence, FailureStreak? Streak)[]
            {
                ("Full", full), ("Nightly", nightly), ("Fallback", fallback), ("ChangeDriven", changes),
            }
            .Where(failing => failing.Streak is not null).ToDictionary(failing => failing.Sequence, failing => failing.Streak!));

    private static readonly Gen<PersonsStop?> Stops = Gen.Select(Gen.Int[0, 3], Times)
        .Select((one, at) => one == 0 ? new PersonsStop(7, at) : null);

    private static readonly Gen<Dictionary<string, DateTimeOffset>> Ended = Gen
        .Select(Gen.Int[-30, 30], Gen.Int[-30, 30], Gen.Int[-30, 30], Gen.Int[-30, 30])
        .Select((changes, fallback, nightly, full) => new Dictionary<string, DateTimeOffset>
        {
            ["GuestChanges"] = Noon.AddSeconds(changes),
            ["FallbackCycle"] = Noon.AddSeconds(fallback),
            ["NightlyCycle"] = Noon.AddSeconds(nightly),
            ["WeeklyFull"] = Noon.AddSeconds(full),
        });

    private static readonly Gen<Dictionary<string, DateTimeOffset>> Successes = Gen.Select(Times, Times, Times)
        .Select((full, nightly, fallback) => new Dictionary<string, DateTimeOffset>
        {
            ["Full"] = full,
            ["Nightly"] = nightly,
            ["Fallback"] = fallback,
        });

    private static readonly Gen<AgentSnapshot> Snapshots = Gen.Select(
        Pendings, Times, Gen.Int[0, 500], Gen.Bool, Failings, Stops, Gen.Select(Gen.Bool, Successes, Times, Ended))
        .Select((pending, booted, guests, forced, failures, stop, rest) => new AgentSnapshot
        {
            Pending = pending,
            BootedAt = booted,
            Guests = guests,
            Forced = forced ? new ForcedRequest(1, null, "ada", Noon, rest.Item1) : null,
            Failures = failures,
            PersonsStop = stop,
            LastSuccess = rest.Item2,
            LastWhole = new Dictionary<string, DateTimeOffset> { ["ChangeDriven"] = rest.Item3 },
            LastEnded = rest.Item4,
        });

    private static readonly Gen<AgentSettings> AllSettings = Gen
        .Select(Gen.Int[0, 3600], Gen.Int[0, 3600], Gen.Int[0, 3600], Gen.Bool, Gen.Bool)
        .Select((boot, settle, longest, window, hourlyFull) => SettingsWith(s =>
        {
            s.BootDelay = TimeSpan.FromSeconds(boot);
            s.Functions["GuestChanges"].SettleTime = TimeSpan.FromSeconds(settle);
            s.Functions["GuestChanges"].LongestWait = TimeSpan.FromSeconds(longest);
            s.Functions["GuestChanges"].EditsAndRemovalsWait = TimeSpan.FromSeconds(boot + settle);
            if (window) s.WindowFrom("0 11 * * *", hours: 2);
            if (hourlyFull) s.HourlyFull();
        }));

    private static readonly Gen<(AgentSnapshot Snapshot, AgentSettings Settings)> Cases = Gen.Select(Snapshots, AllSettings);

    [Fact]
    public void Without_a_pending_change_a_due_fallback_or_a_forced_request_nothing_runs() => Cases.Sample(given =>
    {
        if (given.Snapshot.Decide(given.Settings) is not Decision.Run run) return true;
        return run.Trigger switch
        {
            TriggerKind.Command => given.Snapshot.Forced is not null,
            TriggerKind.GraphDelta => given.Snapshot.Pending.Count > 0,
            _ => IsDue(run.Function, given.Snapshot, given.Settings),
        };
    });

    /// <summary>At noon on a Sunday the last time of the night and of the week was half past four.</summary>
    private static bool IsDue(string function, AgentSnapshot snapshot, AgentSettings settings)
    {
        var sequence = settings.Functions[function].Sequence;
        var own = snapshot.LastSuccess[sequence];
        if (own > Noon) return true;
        string[] greater = sequence switch { "Fallback" => ["Nightly", "Full"], "Nightly" => ["Full"], _ => [] };
        var others = greater.Select(name => snapshot.LastSuccess[name]);
        if (sequence == "Fallback") others = others.Append(snapshot.LastWhole["ChangeDriven"]);
        var last = others.Where(other => other <= Noon).Append(own).Max();
        return function == "FallbackCycle" ? last + TimeSpan.FromHours(1) <= Noon : last < Noon.AddHours(-7.5);
    }

    [Theory]
    [InlineData("NightlyCycle")]
    [InlineData("WeeklyFull")]
    public void Whatever_fails_and_whatever_waits_the_night_is_not_forgotten(string timer) => Cases.Sample(given =>
    {
        if (!given.Settings.Functions[timer].Enabled || !IsDue(timer, given.Snapshot, given.Settings)) return true;
        var sequence = given.Settings.Functions[timer].Sequence;
        var now = Noon;
        var snapshot = given.Snapshot with { Forced = null, Pending = PendingChanges.None };
        while (now < Noon.AddDays(8))
        {
            switch (snapshot.Decide(given.Settings, now))
            {
                case Decision.Run run when run.Sequence == sequence || run.Sequence == "Full":
                    return true;
                case Decision.Run other:
                    now = now.AddMinutes(5);
                    snapshot = snapshot with { LastSuccess = new Dictionary<string, DateTimeOffset>(snapshot.LastSuccess) { [other.Sequence] = now } };
                    break;
                case Decision.Wait wait:
                    now = wait.Until;
                    break;
                case Decision.Hold hold:
                    now = hold.RetryAt!.Value;
                    break;
            }
        }

        return false;
    });

    [Fact]
    public void A_mass_removal_that_nobody_approved_never_runs() => Cases.Sample(given =>
        new RemovalGuard(given.Settings.RemovalGuard).Allows(given.Snapshot.Pending.UnapprovedRemovals, given.Snapshot.Guests)
        || given.Snapshot.Decide(given.Settings) is Decision.Hold);

    [Fact]
    public void Every_wait_has_a_deadline_ahead_and_every_answer_a_reason() => Cases.Sample(given => given.Snapshot.Decide(given.Settings) switch
    {
        Decision.Wait wait => wait.Until > Noon && wait.Until < Noon.AddDays(2) && wait.Reason.Length > 0,
        Decision.Hold hold => (hold.RetryAt is null || hold.RetryAt > Noon) && hold.Reason.Length > 0,
        var run => run.Reason.Length > 0,
    });

    [Fact]
    public void Whoever_obeys_the_waits_comes_to_a_pending_change_within_a_day() => Cases.Sample(given =>
    {
        if (given.Snapshot.Pending.Count == 0) return true;
        var now = Noon;
        for (var asked = 0; asked < 10; asked++)
        {
            switch (given.Snapshot.Decide(given.Settings, now))
            {
                case Decision.Run:
                    return now < Noon.AddDays(1);
                case Decision.Hold { RetryAt: null }:
                    return true;
                case Decision.Hold { RetryAt: { } retry }:
                    now = retry;
                    break;
                case Decision.Wait wait:
                    now = wait.Until;
                    break;
            }
        }

        return false;
    });

    [Fact]
    public void What_fails_in_one_sequence_never_keeps_the_other_waiting() => Cases.Sample(given =>
    {
        var without = given.Snapshot with { Failures = new Dictionary<string, FailureStreak>() };
        if (without.Decide(given.Settings) is not Decision.Run run) return true;
        var others = given.Snapshot.Failures.Where(failed => failed.Key != run.Sequence).ToDictionary();
        return (given.Snapshot with { Failures = others }).Decide(given.Settings) == run;
    });

    [Fact]
    public void A_sequence_that_failed_is_not_started_again_by_itself_within_its_backoff() => Cases.Sample(given =>
        given.Snapshot.Decide(given.Settings) is not Decision.Run { Request: null } run
        || !given.Snapshot.Failures.TryGetValue(run.Sequence, out var failed)
        || failed.LastEndedAt > Noon
        || failed.LastEndedAt + Backoff.After(given.Settings, failed.Count, failed.LastCycle) <= Noon
        || Array.Exists(
            run.Sequence switch { "ChangeDriven" => ["Fallback", "Nightly", "Full"], "Fallback" => ["Nightly", "Full"], "Nightly" => ["Full"], _ => [] },
            (string greater) => given.Snapshot.LastSuccess[greater] >= failed.LastEndedAt));

    [Fact]
    public void No_function_starts_a_cycle_right_after_its_last_one_whatever_the_settings() => Cases.Sample(given =>
    {
        given.Settings.Backoff.First = given.Settings.Backoff.Longest = TimeSpan.Zero;
        return given.Snapshot.Decide(given.Settings) is not Decision.Run { Request: null } run
            || given.Snapshot.LastEnded[run.Function] is var ended && (ended > Noon || ended + given.Settings.ShortestPause <= Noon);
    });

    [Fact]
    public void The_same_question_gets_the_same_answer() => Cases.Sample(given =>
        given.Snapshot.Decide(given.Settings) == given.Snapshot.Decide(given.Settings));

    [Fact]
    public void Backoff_grows_is_capped_and_never_negative() => Gen.Select(Gen.Int[1, 10_000], Gen.Long).Sample((failures, seed) =>
    {
        var settings = new AgentSettings();
        var wait = Backoff.After(settings, failures, seed);
        return wait <= settings.Backoff.Longest && wait >= settings.Backoff.First * 0.8 && Backoff.After(settings, failures + 1, seed) >= wait;
    });
}
