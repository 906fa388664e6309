using Cronos;
using static MimHybrid.SettingRule;

namespace MimHybrid.Cycles.Settings;

/// <summary>What is allowed as a cron expression: five fields, and a time that comes.</summary>
internal static class CronRule
{
    /// <summary>Any time; a 29 February follows.</summary>
    public static readonly DateTime From = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? FindError(string name, string cron, string example)
    {
        if (!CronExpression.TryParse(cron, out var times)) return Wrong(name, cron, $"a cron expression of five fields, e.g. {example}");
        return times.GetNextOccurrence(From) is null ? Wrong(name, cron, "a time that comes: this one never does") : null;
    }
}
