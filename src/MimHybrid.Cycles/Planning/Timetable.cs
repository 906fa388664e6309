using System.Globalization;
using Cronos;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Planning;

/// <summary>When timers are due and changes have settled, and how a time is told.</summary>
/// <param name="zone">The server's time zone.</param>
internal sealed class Timetable(TimeZoneInfo zone)
{
    public static DateTimeOffset SettledAt(FunctionSettings function, PendingChanges pending)
    {
        var quiet = pending.Newest + function.SettleTime;
        var longest = pending.Oldest + function.LongestWait;
        return quiet < longest ? quiet : longest;
    }

    /// <summary>
    /// Counted from the last success, a time of its Cron as well: so none that was missed is lost, and none runs twice.
    /// </summary>
    public DateTimeOffset DueAt(FunctionSettings timer, AgentSnapshot snapshot)
    {
        if (LastSuccess(timer, snapshot) is not { } last) return DateTimeOffset.MinValue;
        return timer.Cron is { Length: > 0 } cron
            ? CronExpression.Parse(cron).GetNextOccurrence(last, zone) ?? DateTimeOffset.MaxValue // which the validator refuses
            : last + timer.Interval;
    }

    public static DateTimeOffset? LastSuccess(FunctionSettings timer, AgentSnapshot snapshot) =>
        snapshot.LastSuccess.TryGetValue(timer.Sequence, out var last) ? last : null;

    public string WhyDue(FunctionSettings timer, AgentSnapshot snapshot, DateTimeOffset now) => LastSuccess(timer, snapshot) is { } last
        ? $"the last {timer.Sequence} cycle ended well at {Clock(last, now)}; " + (timer.Cron is { Length: > 0 } cron
            ? $"one is due since {Clock(DueAt(timer, snapshot), now)} (Cron {cron})"
            : $"one is due every {timer.Interval:c}")
        : $"no {timer.Sequence} cycle has ended well yet";

    public static DateTimeOffset FullHour(DateTimeOffset now) => now - TimeSpan.FromTicks(now.UtcTicks % TimeSpan.TicksPerHour);

    /// <summary>The server's wall clock, with the date where it is another day.</summary>
    public string Clock(DateTimeOffset time, DateTimeOffset now)
    {
        var (there, here) = (TimeZoneInfo.ConvertTime(time, zone), TimeZoneInfo.ConvertTime(now, zone));
        return there.ToString(there.Date == here.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
