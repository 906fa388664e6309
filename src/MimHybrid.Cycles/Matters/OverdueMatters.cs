using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Matters;

/// <summary>What fails nowhere and does not come to its end either: cycles, the reading of Graph, a run of MIM's.</summary>
internal static class OverdueMatters
{
    /// <summary>So many times as long as usual is long.</summary>
    private const int TimesUsual = 3;

    /// <summary>No run is long before, however short the others were: a server is busy now and then.</summary>
    private static readonly TimeSpan ShortestLongRun = TimeSpan.FromMinutes(15);

    public static IEnumerable<OpenMatter> Of(MatterFacts facts, MatterWords words, TimeZoneInfo zone)
    {
        if (facts is not { Holder: { } holder, Limits: { } limits }) yield break;
        if (LongRun(facts, limits, words) is { } run) yield return run;
        else if (facts.LastCycle is not { Outcome: CycleOutcome.Running } && NoCycle(facts, limits, holder, words, zone) is { } none)
            yield return none;
        if (Unread(facts, limits, holder, words) is { } unread) yield return unread;
    }

    /// <summary>A cycle that runs is waited for: what keeps it is a matter of its own.</summary>
    private static OpenMatter? NoCycle(
        MatterFacts facts, MatterLimits limits, Holder holder, MatterWords words, TimeZoneInfo zone)
    {
        DateTimeOffset? good = facts.Snapshot.LastSuccess.Count == 0 ? null : facts.Snapshot.LastSuccess.Values.Max();
        var calendar = new MaintenanceCalendar(limits.Agent.MaintenanceWindows, zone);
        if (calendar.EndOfOpenWindow(facts.Now) is not null || DueAfter(good, limits.Agent, zone) is not { } due) return null;
        var from = due > holder.StartedAt ? due : holder.StartedAt;
        var booted = facts.Snapshot.BootedAt + limits.Agent.BootDelay;
        if (booted > from) from = booted;
        if (calendar.EndOfOpenWindow(from) is { } end) from = end;
        if (facts.Now - from < limits.WithoutCycle) return null;
        return new OpenMatter(OpenMatters.NoCycle, Severity.Error,
            good is { } last ? $"No cycle has ended well since {words.Clock(last)}" : "No cycle has ended well yet",
            "What the agent does and waits for: mimhybrid status and mimhybrid log. To run one now: mimhybrid --force")
        {
            Details = facts.Next is { Reason: { } reason } ? [MatterWords.Sentence($"The agent says: {reason}")] : [],
            Unnamed = [],
            Since = from,
        };
    }

    /// <summary>When the next cycle was due after the last good one; null where no timer is set, and where one is due at once.</summary>
    private static DateTimeOffset? DueAfter(DateTimeOffset? good, AgentSettings settings, TimeZoneInfo zone)
    {
        var timers = settings.FunctionsTriggeredBy(TriggerKind.Timer).Select(timer => timer.Settings).ToList();
        if (timers.Count == 0) return null;
        if (good is not { } last) return DateTimeOffset.MinValue;
        var timetable = new Timetable(settings, zone);
        return timers.Min(timer => timetable.NextAfter(timer, last));
    }

    private static OpenMatter? LongRun(MatterFacts facts, MatterLimits limits, MatterWords words)
    {
        if (facts.Running is not { } step) return null;
        var floor = ShortestLongRun * Math.Max(limits.Scale, 1.0 / 15);
        var usual = step.Usual * TimesUsual;
        var beforeItsEnd = limits.LongestRun / 2;
        var limit = usual is { } times && times < beforeItsEnd ? times > floor ? times : floor : beforeItsEnd;
        var lasts = facts.Now - step.StartedAt;
        if (lasts < limit) return null;
        var rule = step.Usual is { } median ? $"as a rule it takes {Ago.Span(median)}" : "nobody knows how long it takes as a rule";
        return new OpenMatter($"run/{step.ManagementAgent}/{step.RunProfile}", Severity.Warning,
            $"{step.ManagementAgent} {step.RunProfile} was begun at {words.Clock(step.StartedAt)} and has not ended; {rule}",
            $"Synchronization Service Manager, Operations, shows how far it is, or what it waits for. After {Ago.Span(limits.LongestRun)} "
                + "(SyncServer:LongestRun) the agent stops it.")
        {
            Since = step.StartedAt + limit,
        };
    }

    /// <summary>A reading that fails is told by its failure; this one waits, or never ends.</summary>
    private static OpenMatter? Unread(MatterFacts facts, MatterLimits limits, Holder holder, MatterWords words)
    {
        if (facts.Polls is { FailingSince: not null } || !limits.Agent.FunctionsTriggeredBy(TriggerKind.GraphDelta).Any()) return null;
        var last = facts.Polls?.SucceededAt;
        var from = last is { } read && read > holder.StartedAt ? read : holder.StartedAt;
        if (facts.Now - from < limits.WithoutReading) return null;
        string[] details =
        [
            .. facts.Polls?.WaitingFor is { } waits ? [waits] : Array.Empty<string>(),
            .. facts.Reading is { } reading
                ? [$"The tenant is being read as a whole since {words.Clock(reading.StartedAt)}: {reading.Users} users so far."]
                : Array.Empty<string>(),
        ];
        return new OpenMatter("tenant/unread", Severity.Error,
            last is { } time
                ? $"Graph has not been read to its end since {words.Clock(time)}: no guest change is seen meanwhile"
                : "Graph has not been read to its end yet: no guest change is seen meanwhile",
            "The agent goes on by itself; where it stays so: mimhybrid check tests each part of the way to Graph.")
        {
            Details = details,
            Since = from,
        };
    }
}
