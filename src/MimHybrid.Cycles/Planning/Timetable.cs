using System.Globalization;
using Cronos;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Planning;

/// <summary>When timers are due and changes have settled, and how a time is told.</summary>
/// <param name="zone">The server's time zone.</param>
internal sealed class Timetable(AgentSettings settings, TimeZoneInfo zone)
{
    /// <summary>
    /// Soon after a guest came or somebody approved removals; and for removals and edits alone, for which nobody waits, when a guest has
    /// had time to come, since a cycle keeps MIM for as long whether it carries one change or forty.
    /// </summary>
    public static DateTimeOffset SettledAt(FunctionSettings function, PendingChanges pending)
    {
        var waitsSince = pending.HasApprovedRemovals ? pending.Oldest : pending.OldestArrival;
        if (waitsSince is not { } since) return pending.Oldest + function.EditsAndRemovalsWait;
        var quiet = pending.Newest + function.SettleTime;
        var longest = since + function.LongestWait;
        return quiet < longest ? quiet : longest;
    }

    /// <summary>
    /// Counted from the last success, a time of its Cron as well: so none that was missed is lost, and none runs twice. A success in the
    /// future means that the clock was set back since: the next one must not be as late.
    /// </summary>
    public DateTimeOffset DueAt(FunctionSettings timer, AgentSnapshot snapshot, DateTimeOffset now)
    {
        if (LastSuccess(timer, snapshot, now) is not { At: var last } || last > now) return DateTimeOffset.MinValue;
        if (CountsApart.Find(timer, snapshot) is { } apart) return apart.At;
        return NextAfter(timer, last);
    }

    public DateTimeOffset NextAfter(FunctionSettings timer, DateTimeOffset last) => timer.Cron is { Length: > 0 } cron
        ? CronExpression.Parse(cron).GetNextOccurrence(last, zone) ?? DateTimeOffset.MaxValue // which the validator refuses
        : last + timer.Interval;

    public string WhyDue(FunctionSettings timer, AgentSnapshot snapshot, DateTimeOffset now)
    {
        if (LastSuccess(timer, snapshot, now) is not var (sequence, last)) return $"no {timer.RunsAs()} cycle has ended well yet";
        if (last > now) return $"the last {sequence} cycle ended well at {Clock(last, now)}, a time that has yet to come";
        if (CountsApart.Find(timer, snapshot) is { } apart)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"MIM has {apart.Connected} guests connected and Graph knows {apart.Known}, twice in a row; they had agreed before");
        var one = sequence == timer.RunsAs() ? "one" : $"a {timer.RunsAs()}";
        return $"the last {sequence} cycle ended well at {Clock(last, now)}; {one} is due " + (timer.Cron is { Length: > 0 } cron
            ? $"since {Clock(DueAt(timer, snapshot, now), now)} (Cron {cron})"
            : $"every {timer.Interval:c}");
    }

    /// <summary>
    /// That of a sequence that does more counts as well, unless it lies in the future: no end of this one could make up for that.
    /// </summary>
    private Success? LastSuccess(FunctionSettings timer, AgentSnapshot snapshot, DateTimeOffset now) =>
        All(snapshot.LastSuccess)
            .Where(success => success.Sequence.Equals(timer.RunsAs(), StringComparison.OrdinalIgnoreCase)
                || (ShippedSequences.Covers(success.Sequence, timer.RunsAs()) && success.At <= now))
            .Concat(All(snapshot.LastWhole).Where(whole => whole.At <= now && HasAllOf(whole.Sequence, timer.RunsAs())))
            .MaxBy(success => success.At);

    private static IEnumerable<Success> All(IReadOnlyDictionary<string, DateTimeOffset> ends)
    {
        foreach (var (sequence, at) in ends) yield return new Success(sequence, at);
    }

    private sealed record Success(string Sequence, DateTimeOffset At);

    /// <summary>
    /// Whether the one has every profile of the other: run with no step left out, it has brought what the other would have. A ChangeDriven
    /// that exported has asked both sides too; what it then found changed by hand, the next cycle exports.
    /// </summary>
    private bool HasAllOf(string one, string other) => settings.FindSequence(one) is { } done && settings.FindSequence(other) is { } due
        && due.Steps.All(step => done.Steps.Any(own => own.HasProfileOf(step)));

    public static DateTimeOffset FullHour(DateTimeOffset now) => now - TimeSpan.FromTicks(now.UtcTicks % TimeSpan.TicksPerHour);

    /// <summary>The server's wall clock, with the date where it is another day.</summary>
    public string Clock(DateTimeOffset time, DateTimeOffset now) => WallClock.Of(time, now, zone);
}
