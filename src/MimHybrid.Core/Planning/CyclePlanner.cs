using System.Globalization;
using MimHybrid.Core.Settings;

namespace MimHybrid.Core.Planning;

/// <summary>
/// Says what happens next and why. A pure function of the rows and the clock: <c>status</c>, the page, a dry run and the agent all
/// ask it, and a month of operation is a loop over it with a virtual clock.
/// </summary>
/// <param name="settings">Valid settings; they do not change while the agent runs.</param>
/// <param name="zone">The server's time zone, for maintenance windows and for the times in the reasons.</param>
public sealed class CyclePlanner(AgentSettings settings, TimeZoneInfo zone)
{
    /// <summary>
    /// How long to sleep when no timer is enabled and nothing is pending; a change or a request ends it sooner. Counted from the full
    /// hour, so that the same question gets the same answer.
    /// </summary>
    private static readonly TimeSpan NothingInSight = TimeSpan.FromHours(2);

    private readonly MaintenanceCalendar calendar = new(settings.MaintenanceWindows, zone);
    private readonly RemovalGuard guard = new(settings.RemovalGuard);

    /// <summary>The rules in their order; the first that has an answer gives it (shared/DESIGN.md, "What the planner knows, in order").</summary>
    public Decision Decide(AgentSnapshot snapshot, DateTimeOffset now) =>
        HeldByRemovalGuard(snapshot)
        ?? ForcedRun(snapshot, now)
        ?? BeforeBootDelay(snapshot, now)
        ?? InMaintenanceWindow(snapshot, now)
        ?? AfterFailure(snapshot, now)
        ?? TimerDue(snapshot, now)
        ?? SettledChanges(snapshot, now)
        ?? EarliestOfThese(snapshot, now);

    private Decision? HeldByRemovalGuard(AgentSnapshot snapshot)
    {
        if (snapshot.HeldStaged is { } staged)
            return new Decision.Hold(null, $"{staged.Deletes} deletions are staged by an import (found by cycle {staged.Cycle}), "
                + $"more than the removal guard allows ({guard.StagedLimit}). "
                + "Nothing runs until somebody looks at them and runs: mimhybrid approve removals");

        if (snapshot.HeldExport is { } held)
            return new Decision.Hold(null, $"{held.Deletes} deletions wait for export (found by cycle {held.Cycle}), more than the removal guard allows ({guard}). "
                + "Nothing runs until somebody looks at them and runs: mimhybrid approve removals");

        var removals = snapshot.Pending.UnapprovedRemovals;
        return guard.Allows(removals, snapshot.Guests)
            ? null
            : new Decision.Hold(null, $"{(removals == 1 ? "1 guest was" : $"{removals} guests were")} removed in the tenant and {snapshot.Guests} remain; that is more than the removal guard allows ({guard}). "
                + "Nothing runs until somebody looks at them and runs: mimhybrid approve removals");
    }

    private Decision? ForcedRun(AgentSnapshot snapshot, DateTimeOffset now)
    {
        if (snapshot.Forced is not { } request) return null;
        if (!request.PastWindow && calendar.EndOfOpenWindow(now) is not null) return null;

        var (name, function) = settings.FunctionsTriggeredBy(TriggerKind.Command).First();
        return new Decision.Run(name, TriggerKind.Command, request.Sequence ?? function.Sequence, request, $"forced by {request.RequestedBy}");
    }

    private Decision? BeforeBootDelay(AgentSnapshot snapshot, DateTimeOffset now)
    {
        // A start in the future means that the clock was set back since: the delay must not grow by that.
        var end = snapshot.BootedAt + settings.BootDelay;
        return now >= end || snapshot.BootedAt > now ? null : new Decision.Wait(end, WaitCause.BootDelay,
            $"the operating system started at {Clock(snapshot.BootedAt, now)}; nothing runs before {Clock(end, now)} (BootDelay {settings.BootDelay:c}). Pending: {snapshot.Pending}");
    }

    private Decision? InMaintenanceWindow(AgentSnapshot snapshot, DateTimeOffset now)
    {
        if (calendar.EndOfOpenWindow(now) is not { } end) return null;
        var forced = snapshot.Forced is null ? "" : "; a forced run waits too, because it was not asked to run past the window (--past-window)";
        return new Decision.Wait(end, WaitCause.MaintenanceWindow, $"a maintenance window is open until {Clock(end, now)}; pending: {snapshot.Pending}{forced}");
    }

    private Decision? AfterFailure(AgentSnapshot snapshot, DateTimeOffset now)
    {
        // A failure in the future means that the clock was set back since: waiting for it could take for ever.
        if (snapshot.Failures is not { } failed || failed.LastEndedAt > now) return null;

        var wait = failed.NeedsPerson ? settings.Backoff.Longest : Backoff.After(settings.Backoff, failed.Count, failed.LastCycle);
        var until = failed.LastEndedAt + wait;
        if (now >= until) return null;

        var often = failed.Count == 1 ? "the last cycle did not end well" : $"the last {failed.Count} cycles did not end well";
        return failed.NeedsPerson
            ? new Decision.Hold(until, $"{often}, and a person is needed: {failed.Why} Tried again at {Clock(until, now)}")
            : new Decision.Wait(until, WaitCause.Backoff, $"{often}: {failed.Why} Tried again at {Clock(until, now)}");
    }

    private Decision? TimerDue(AgentSnapshot snapshot, DateTimeOffset now)
    {
        foreach (var (name, function) in settings.FunctionsTriggeredBy(TriggerKind.Timer))
        {
            var due = DueAt(function, snapshot);
            if (due <= now || LastSuccess(function, snapshot) > now)
                return new Decision.Run(name, TriggerKind.Timer, function.Sequence, null, WhyDue(function, snapshot, now));
        }

        return null;
    }

    private Decision? SettledChanges(AgentSnapshot snapshot, DateTimeOffset now)
    {
        if (snapshot.Pending.Count == 0 || GraphDeltaFunction() is not var (name, function)) return null;

        // A change detected in the future means that the clock was set back since: it has waited long enough.
        var settled = SettledAt(function, snapshot.Pending) <= now || snapshot.Pending.Newest > now;
        return settled ? new Decision.Run(name, TriggerKind.GraphDelta, function.Sequence, null, $"{snapshot.Pending} pending") : null;
    }

    private Decision EarliestOfThese(AgentSnapshot snapshot, DateTimeOffset now)
    {
        var next = settings.FunctionsTriggeredBy(TriggerKind.Timer)
            .Select(timer => (At: DueAt(timer.Value, snapshot), Name: timer.Key))
            .DefaultIfEmpty((At: FullHour(now) + NothingInSight, Name: ""))
            .Min();

        if (snapshot.Pending.Count > 0 && GraphDeltaFunction() is var (_, function) && SettledAt(function, snapshot.Pending) is var settled && settled <= next.At)
            return new Decision.Wait(settled, WaitCause.Settling, $"{snapshot.Pending} pending; they run at {Clock(settled, now)} unless further ones come");

        return new Decision.Wait(next.At, WaitCause.Idle, next.Name.Length == 0
            ? $"{snapshot.Pending} pending, and no timer function is enabled"
            : $"{snapshot.Pending} pending; {next.Name} is due at {Clock(next.At, now)}");
    }

    private (string Name, FunctionSettings Function)? GraphDeltaFunction() =>
        settings.FunctionsTriggeredBy(TriggerKind.GraphDelta).Select(function => ((string, FunctionSettings)?)(function.Key, function.Value)).FirstOrDefault();

    private static DateTimeOffset SettledAt(FunctionSettings function, PendingChanges pending)
    {
        var quiet = pending.Newest + function.SettleTime;
        var longest = pending.Oldest + function.LongestWait;
        return quiet < longest ? quiet : longest;
    }

    private static DateTimeOffset DueAt(FunctionSettings timer, AgentSnapshot snapshot) =>
        LastSuccess(timer, snapshot) is { } last ? last + timer.Interval : DateTimeOffset.MinValue;

    private static DateTimeOffset? LastSuccess(FunctionSettings timer, AgentSnapshot snapshot) =>
        snapshot.LastSuccess.TryGetValue(timer.Sequence, out var last) ? last : null;

    private string WhyDue(FunctionSettings timer, AgentSnapshot snapshot, DateTimeOffset now) => LastSuccess(timer, snapshot) is { } last
        ? $"the last {timer.Sequence} cycle ended well at {Clock(last, now)}; one is due every {timer.Interval:c}"
        : $"no {timer.Sequence} cycle has ended well yet";

    private static DateTimeOffset FullHour(DateTimeOffset now) => now - TimeSpan.FromTicks(now.UtcTicks % TimeSpan.TicksPerHour);

    /// <summary>The server's wall clock, with the date where it is another day.</summary>
    private string Clock(DateTimeOffset time, DateTimeOffset now)
    {
        var (there, here) = (TimeZoneInfo.ConvertTime(time, zone), TimeZoneInfo.ConvertTime(now, zone));
        return there.ToString(there.Date == here.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
