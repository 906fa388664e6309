using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Planning;

/// <summary>
/// Says what happens next and why. A pure function of the rows and the clock: <c>status</c>, a dry run and the agent all
/// ask it, and a month of operation is a loop over it with a virtual clock.
/// </summary>
/// <param name="settings">Valid settings; they do not change while the agent runs.</param>
/// <param name="zone">The server's time zone, for timers and maintenance windows, and for the times in the reasons.</param>
public sealed class CyclePlanner(AgentSettings settings, TimeZoneInfo zone)
{
    /// <summary>
    /// How long to sleep when no timer is enabled and nothing is pending; a change or a request ends it sooner. Counted from the full
    /// hour, so that the same question gets the same answer.
    /// </summary>
    private static readonly TimeSpan NothingInSight = TimeSpan.FromHours(2);

    private readonly Timetable timetable = new(settings, zone);
    private readonly MaintenanceCalendar calendar = new(settings.MaintenanceWindows, zone);
    private readonly RemovalGuard guard = new(settings.RemovalGuard);
    private readonly FailurePause pause = new(settings);
    private readonly CycleRest rest = new(settings);

    /// <summary>
    /// The rules in their order; the first that has an answer gives it (src/README.md#the-planner). A sequence
    /// that waits after failures of its own is left out by the two rules that start one.
    /// </summary>
    public Decision Decide(AgentSnapshot snapshot, DateTimeOffset now)
    {
        var pauses = pause.Of(snapshot, now);
        return HeldByRemovalGuard(snapshot)
            ?? ForcedRun(snapshot, now)
            ?? BeforeBootDelay(snapshot, now)
            ?? InMaintenanceWindow(snapshot, now)
            ?? AfterPersonsStop(snapshot, now)
            ?? TimerDue(snapshot, pauses, now)
            ?? SettledChanges(snapshot, pauses, now)
            ?? EarliestOfThese(snapshot, pauses, now);
    }

    private Decision? HeldByRemovalGuard(AgentSnapshot snapshot)
    {
        const string whatToDo = "Nothing runs until somebody looks at them and runs: mimhybrid approve removals";
        if (snapshot.HeldStaged is { } staged)
            return new Decision.Hold(
                null, $"{staged.Deletes} deletions are staged by an import on {staged.ManagementAgent} (found by cycle {staged.Cycle}); "
                + $"{guard.StagedLimit(staged.Deletes)}. {whatToDo}");

        if (snapshot.HeldExport is { } held)
            return new Decision.Hold(
                null, $"{held.Deletes} deletions wait for export to {held.ManagementAgent} (found by cycle {held.Cycle}); "
                + $"{guard.ExportLimit(held.Deletes)}. {whatToDo}");

        var removals = snapshot.Pending.UnapprovedRemovals;
        return guard.Allows(removals, snapshot.Guests)
            ? null
            : new Decision.Hold(null, $"{guard.Compare(removals, snapshot.Guests)}. {whatToDo}");
    }

    private Decision? ForcedRun(AgentSnapshot snapshot, DateTimeOffset now)
    {
        if (snapshot.Forced is not { } request) return null;

        // The name comes from another process: nobody has looked at it before.
        var (function, forced) = settings.FunctionsTriggeredBy(TriggerKind.Command).First();
        var name = request.Sequence ?? forced.Sequence;
        if (forced.Observe) name = Observed.Name(name);
        if (settings.FindSequence(name) is not { } sequence)
            return new Decision.Refuse(
                request,
                $"this agent's settings have no sequence '{Observed.Bare(name)}'; "
                    + $"allowed is {string.Join(" or ", settings.SequenceNames)}");

        return !request.PastWindow && calendar.EndOfOpenWindow(now) is not null
            ? null
            : new Decision.Run(function, TriggerKind.Command, sequence.Name, request, $"forced by {request.RequestedBy}")
            {
                Unnamed = "forced by somebody",
            };
    }

    private Decision? BeforeBootDelay(AgentSnapshot snapshot, DateTimeOffset now)
    {
        // A start in the future means that the clock was set back since: the delay must not grow by that.
        var end = snapshot.BootedAt + settings.BootDelay;
        return now >= end || snapshot.BootedAt > now ? null : new Decision.Wait(end, WaitCause.BootDelay,
            $"the operating system started at {timetable.Clock(snapshot.BootedAt, now)}; nothing runs before "
                + $"{timetable.Clock(end, now)} (BootDelay {settings.BootDelay:c}). Pending: {snapshot.Pending}");
    }

    private Decision? InMaintenanceWindow(AgentSnapshot snapshot, DateTimeOffset now)
    {
        if (calendar.EndOfOpenWindow(now) is not { } end) return null;
        var forced = snapshot.Forced is null
            ? ""
            : "; a forced run waits too, because it was not asked to run past the window (--past-window)";
        return new Decision.Wait(
            end, WaitCause.MaintenanceWindow, "a maintenance window is open until "
                + $"{timetable.Clock(end, now)}; pending: {snapshot.Pending}{forced}");
    }

    /// <summary>
    /// Whoever stops a run wants the server for himself: an ordinary back-off would take it away again within seconds. So all keep away for
    /// as long as the agent ever waits, and no longer, since a stop that was forgotten must not stop the guests for ever.
    /// </summary>
    private Decision? AfterPersonsStop(AgentSnapshot snapshot, DateTimeOffset now)
    {
        // A stop in the future means that the clock was set back since.
        if (snapshot.PersonsStop is not { } stop || stop.At > now) return null;
        var until = stop.At + settings.Backoff.Longest;
        return now >= until ? null : new Decision.Wait(until, WaitCause.PersonsStop,
            $"somebody stopped a run of cycle {stop.Cycle} at {timetable.Clock(stop.At, now)}, so the agent keeps away until "
                + $"{timetable.Clock(until, now)} (Backoff:Longest). "
                + $"To go on at once: mimhybrid --force. Pending: {snapshot.Pending}");
    }

    private Decision? TimerDue(AgentSnapshot snapshot, IReadOnlyList<Pause> pauses, DateTimeOffset now)
    {
        foreach (var (name, function) in Timers(pauses))
        {
            if (timetable.DueAt(function, snapshot, now) <= now && rest.Until(name, snapshot, now) <= now)
                return new Decision.Run(name, TriggerKind.Timer, function.RunsAs(), null, timetable.WhyDue(function, snapshot, now));
        }

        return null;
    }

    private Decision? SettledChanges(AgentSnapshot snapshot, IReadOnlyList<Pause> pauses, DateTimeOffset now)
    {
        if (snapshot.Pending.Count == 0 || GraphDeltaFunction(pauses) is not var (name, function)) return null;

        return SettledAt(name, function, snapshot, now) <= now
            ? new Decision.Run(name, TriggerKind.GraphDelta, function.RunsAs(), null, $"{snapshot.Pending} pending")
            : null;
    }

    private sealed record DueTimer(DateTimeOffset At, string Name);

    private Decision EarliestOfThese(AgentSnapshot snapshot, IReadOnlyList<Pause> pauses, DateTimeOffset now)
    {
        var timer = Timers(pauses)
            .Select(timer => new DueTimer(
                Later(timetable.DueAt(timer.Settings, snapshot, now), rest.Until(timer.Name, snapshot, now)), timer.Name))
            .MinBy(timer => timer.At) ?? new DueTimer(Timetable.FullHour(now) + NothingInSight, "");
        var next = pauses.MinBy(pause => pause.Until) is { Until: var ends } && ends < timer.At ? ends : timer.At;

        if (snapshot.Pending.Count > 0 && GraphDeltaFunction(pauses) is var (name, function)
            && SettledAt(name, function, snapshot, now) is var settled && settled <= next)
            return new Decision.Wait(
                settled, WaitCause.Settling, $"{snapshot.Pending} pending; they run at "
                    + timetable.Clock(settled, now)
                    + (snapshot.Pending.AreAwaited ? " unless further ones come" : ", or sooner with a guest who comes"));

        if (pauses is [var paused, ..]) return AfterFailure(paused, pauses, next, now);
        return new Decision.Wait(timer.At, WaitCause.Idle, timer.Name.Length == 0
            ? $"{snapshot.Pending} pending, and no timer function is enabled"
            : $"{snapshot.Pending} pending; {timer.Name} is due at {timetable.Clock(timer.At, now)}");
    }

    private Decision AfterFailure(Pause paused, IReadOnlyList<Pause> pauses, DateTimeOffset next, DateTimeOffset now)
    {
        var (sequence, failed, until) = paused;
        var often = failed.Count == 1
            ? $"the last {sequence} cycle did not end well"
            : $"the last {failed.Count} {sequence} cycles did not end well";
        var again = "It is tried again at "
            + $"{timetable.Clock(until, now)}{(GraphDeltaFunction(pauses) is null ? "" : "; guest changes do not wait for it")}";
        var person = failed.NeedsPerson ? ", and a person is needed" : "";
        var below = (failed.LastCycle, $"{often}{person}. {again}");
        return failed.NeedsPerson
            ? new Decision.Hold(next, $"{often}{person}: {failed.Why} {again}") { Trouble = failed.Why, Below = below }
            : new Decision.Wait(next, WaitCause.Backoff, $"{often}: {failed.Why} {again}") { Below = below };
    }

    /// <summary>First what spares another: after a Full no Fallback is due.</summary>
    private IEnumerable<NamedFunction> Timers(IReadOnlyList<Pause> pauses) =>
        settings.FunctionsTriggeredBy(TriggerKind.Timer).Where(timer => !IsPaused(timer.Settings, pauses))
            .OrderByDescending(timer => ShippedSequences.Reach(timer.Settings.Sequence));

    private NamedFunction? GraphDeltaFunction(IReadOnlyList<Pause> pauses) =>
        settings.FunctionsTriggeredBy(TriggerKind.GraphDelta).FirstOrDefault() is { } function && !IsPaused(function.Settings, pauses)
            ? function
            : null;

    private static bool IsPaused(FunctionSettings function, IReadOnlyList<Pause> pauses) =>
        pauses.Any(pause => pause.Sequence.Equals(function.RunsAs(), StringComparison.OrdinalIgnoreCase));

    /// <summary>When pending changes start a cycle. One detected in the future means that the clock was set back since: at once.</summary>
    private DateTimeOffset SettledAt(string name, FunctionSettings function, AgentSnapshot snapshot, DateTimeOffset now) => Later(
        snapshot.Pending.Newest > now ? now : Timetable.SettledAt(function, snapshot.Pending), rest.Until(name, snapshot, now));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
