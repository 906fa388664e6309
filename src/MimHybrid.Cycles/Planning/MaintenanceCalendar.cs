using Cronos;
using MimHybrid.Cycles.Settings;

namespace MimHybrid.Cycles.Planning;

/// <summary>The maintenance windows, in the server's time zone.</summary>
public sealed class MaintenanceCalendar(IEnumerable<MaintenanceWindowSettings> windows, TimeZoneInfo zone)
{
    private readonly (CronExpression Start, TimeSpan Duration)[] windows =
        [.. windows.Select(window => (CronExpression.Parse(window.Cron), window.Duration))];

    /// <summary>When the window ends that is open now, the latest where several are; null when none is.</summary>
    public DateTimeOffset? EndOfOpenWindow(DateTimeOffset now)
    {
        DateTimeOffset? end = null;
        foreach (var (start, duration) in windows)
        {
            var opened = start.GetOccurrences(now - duration, now, zone, fromInclusive: false, toInclusive: true);
            foreach (var at in opened)
                if (end is null || at + duration > end) end = at + duration;
        }

        return end;
    }

    /// <summary>The windows that open next, the soonest first.</summary>
    public IReadOnlyList<(DateTimeOffset Opens, DateTimeOffset Closes)> FindNext(DateTimeOffset now, int count) =>
    [
        .. windows
            .SelectMany(window => Starts(window.Start, now).Take(count).Select(opens => (Opens: opens, Closes: opens + window.Duration)))
            .OrderBy(window => window.Opens)
            .Take(count),
    ];

    private IEnumerable<DateTimeOffset> Starts(CronExpression start, DateTimeOffset now)
    {
        while (start.GetNextOccurrence(now, zone) is { } opens) yield return now = opens;
    }
}
