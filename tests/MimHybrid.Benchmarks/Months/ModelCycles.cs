using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Benchmarks.Months;

/// <summary>
/// What the agent's runner does, as far as times and counts go: conditions, retries, no step after a failed one, and what the planner then
/// reads in the store.
/// </summary>
internal sealed class ModelCycles(AgentSettings settings, ModelServer server)
{
    private readonly Dictionary<string, DateTimeOffset> lastSuccess = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DateTimeOffset> lastWhole = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DateTimeOffset> lastEnded = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FailureStreak> failed = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SequenceReport> reports = [];
    private long number;

    public IReadOnlyList<SequenceReport> Reports =>
        [.. reports.GroupBy(cycle => cycle.Sequence).Select(SequenceReport.Sum).OrderBy(cycle => cycle.Sequence, StringComparer.Ordinal)];

    public AgentSnapshot Describe(ModelPolls polls, DateTimeOffset now) => new()
    {
        BootedAt = MonthSetup.Start,
        Pending = polls.Pending,
        Guests = polls.Guests,
        Failures = failed,
        LastSuccess = lastSuccess,
        LastWhole = lastWhole,
        LastEnded = lastEnded,
        OutageEndedAt = Later(polls.OutageEndedAt, server.AnswersAgainAt <= now ? server.AnswersAgainAt : null),
    };

    /// <summary>Runs a cycle, and returns when it ended.</summary>
    public DateTimeOffset Run(Decision.Run run, ModelPolls polls, DateTimeOffset at)
    {
        number++;
        server.BeginCycle();
        var (began, busy, idle, goesOn, whole) = (at, server.Busy, server.IdleSynchronizations, true, true);
        DateTimeOffset? importBegan = null;
        foreach (var step in settings.FindSequence(run.Sequence)!.Steps)
        {
            var profile = Profile.Of(step, settings);
            whole &= IsToRun(step.When, profile);
            if (!IsToRun(step.When, profile)) continue;
            if (profile is { OfGuests: true, Kind: StepKind.Import }) importBegan ??= at;
            goesOn = RunToVerdict(profile, ref at);
            if (!goesOn) break;
        }

        polls.CatchUp(at);
        if (goesOn && importBegan is { } seen) polls.Carry(seen);
        reports.Add(new SequenceReport(
            run.Sequence, 1, (server.Busy - busy).TotalHours, (at - began).TotalMinutes, server.IdleSynchronizations - idle));
        if (goesOn && whole) lastWhole[run.Sequence] = at;
        End(run, goesOn, at);
        return at > began ? at : at + TimeSpan.FromTicks(1);
    }

    private bool IsToRun(StepCondition condition, Profile profile) => condition switch
    {
        StepCondition.Always => true,
        StepCondition.StagedOrPendingImports => server.Staged(profile.OfGuests) > 0,
        StepCondition.PendingExports => server.PendingExports > 0,
        StepCondition.SomethingExported => server.Unconfirmed > 0,
        _ => throw new NotSupportedException($"The month does not know the condition {condition}."),
    };

    /// <summary>Whatever fails here may pass: Graph or MIM is away.</summary>
    private bool RunToVerdict(Profile profile, ref DateTimeOffset at)
    {
        for (var retried = 0; ; retried++)
        {
            var end = server.Run(profile, at);
            at = end.At;
            if (end.Well) return true;
            if (retried == settings.Retries.Count) return false;
            at += Backoff.After(settings.Retries.First, settings.Retries.Longest, retried + 1, number);
        }
    }

    private void End(Decision.Run run, bool well, DateTimeOffset at)
    {
        lastEnded[run.Function] = at;
        if (well)
        {
            lastSuccess[run.Sequence] = at;
            failed.Remove(run.Sequence);
        }
        else
        {
            var before = failed.TryGetValue(run.Sequence, out var streak) ? streak.Count : 0;
            failed[run.Sequence] = new FailureStreak(before + 1, number, at, "Graph or MIM is away.", NeedsPerson: false);
        }
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one > other || other is null ? one : other;
}
