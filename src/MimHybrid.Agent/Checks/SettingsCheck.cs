using System.Globalization;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;

namespace MimHybrid.Agent.Checks;

/// <summary>The settings, every error at once.</summary>
internal sealed class SettingsCheck() : QuickCheck(CheckName)
{
    public const string CheckName = "settings";

    /// <summary>A cron expression is easily a day off: whoever wrote it knows the days when they are shown.</summary>
    private const int WindowsShown = 3;

    protected override IEnumerable<Finding> Look(CheckContext context)
    {
        if (context.Settings is not { } settings)
            return context.SettingsErrors.Select(error => Failed(
                error.TrimEnd('.'), "correct the settings; where each value comes from: mimhybrid config show"));

        var windows = new MaintenanceCalendar(settings.Agent.MaintenanceWindows, context.Time.LocalTimeZone)
            .FindNext(context.Time.GetUtcNow(), WindowsShown)
            .Select(window => $"{Local(window.Opens)} to {Local(window.Closes)}").ToList();
        string Local(DateTimeOffset time) =>
            TimeZoneInfo.ConvertTime(time, context.Time.LocalTimeZone).ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return
        [
            Ok($"watching {settings.Watched}, running {settings.Served}"),
            .. TimedDefaults.HourRuns(settings.Agent, ShippedSequences.Full)
                ? new[]
                {
                    Ok("FallbackCycle runs Full, which works on everything each time: where MIM has delta profiles, it has less "
                        + "to do with a Fallback (Functions:FallbackCycle:Sequence), stated under Sequences if yours have other names"),
                }
                : [],
            .. windows.Count == 0
                ? []
                : new[] { Ok($"the next maintenance windows: {string.Join("; ", windows)}") },
        ];
    }
}
