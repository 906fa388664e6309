using Cronos;
using static MimHybrid.SettingRule;

namespace MimHybrid.Cycles.Settings;

/// <summary>What is allowed as a maintenance window: one that opens, and that closes again.</summary>
internal static class MaintenanceWindowRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Whatever a cron expression of five fields says comes round in a year.</summary>
    private static readonly TimeSpan Year = TimeSpan.FromDays(400);

    public static IEnumerable<string> Check(IReadOnlyList<MaintenanceWindowSettings> windows, Predicate<string> inError)
    {
        string[] errors = [.. windows.SelectMany((window, index) => CheckOne($"MaintenanceWindows:{index}", window, inError))];
        if (errors.Length > 0 || windows.Count < 2 || inError("MaintenanceWindows") || !CoverAllTime(windows)) return errors;
        return [$"MaintenanceWindows: the {windows.Count} windows together cover all time; "
            + "allowed are windows between which the agent may run."];
    }

    private static IEnumerable<string> CheckOne(string name, MaintenanceWindowSettings window, Predicate<string> inError)
    {
        if (inError(name)) return [];
        if (CronRule.FindError($"{name}:Cron", window.Cron, "0 2 * * SUN") is { } wrong) return [wrong];
        if (Duration($"{name}:Duration", window.Duration, Shortest, Longest).ToList() is { Count: > 0 } range) return range;
        return CoverAllTime([window])
            ? [Wrong(
                $"{name}:Duration",
                $"{window.Duration:c}",
                $"less than the time to the next window ({window.Cron}): this one never closes")]
            : [];
    }

    /// <summary>From the first window on, looks for a moment at which none is open.</summary>
    private static bool CoverAllTime(IReadOnlyList<MaintenanceWindowSettings> settings)
    {
        (CronExpression Start, TimeSpan Duration)[] windows =
            [.. settings.Select(window => (CronExpression.Parse(window.Cron), window.Duration))];
        var closes = windows.Min(window => window.Start.GetNextOccurrence(CronRule.From)!.Value);
        for (var end = closes + Year; closes < end;)
        {
            if (windows.Max(window => EndOfOpen(window.Start, window.Duration, closes)) is not { } later) return false;
            closes = later;
        }

        return true;
    }

    /// <summary>
    /// The end of a window that is open at that moment; null when none is. Of several one that opened late, so that few steps make a year.
    /// </summary>
    private static DateTime? EndOfOpen(CronExpression start, TimeSpan duration, DateTime moment)
    {
        foreach (var back in new[] { TimeSpan.Zero, duration / 2, duration - TimeSpan.FromTicks(1) })
            if (start.GetNextOccurrence(moment - back, inclusive: true) is { } opened && opened <= moment) return opened + duration;
        return null;
    }
}
