using Microsoft.Extensions.Logging;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store;

namespace MimHybrid.Cycles.Upkeep;

/// <summary>
/// Keeps our own run log from growing without bound, as <see cref="RunHistoryCleaner"/> keeps MIM's: cycles older than
/// <see cref="RunLogSettings.KeepDays"/> go, with the changes that they carried. What is pending stays, however old.
/// </summary>
public sealed partial class RunLogTrimmer(CycleStore cycles, AgentSettings settings, TimeProvider time, ILogger<RunLogTrimmer> logger)
{
    /// <summary>Cycles in one transaction: whoever else writes waits no longer than that takes.</summary>
    public const int Batch = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private DateTimeOffset? last;

    /// <summary>Trims once a day; a restart asks again, which costs one look into an index.</summary>
    public void TrimIfDue()
    {
        var now = time.GetUtcNow();
        if (settings.RunLog.KeepDays <= 0 || (last is { } before && before <= now && now - before < Interval)) return;

        last = now;
        var removed = 0;
        for (int batch; (batch = cycles.TrimRunLog(now - TimeSpan.FromDays(settings.RunLog.KeepDays), Batch)) > 0;) removed += batch;
        if (removed > 0) Log.Trimmed(logger, removed, settings.RunLog.KeepDays);
    }

    private static partial class Log
    {
        [LoggerMessage(1050, LogLevel.Information,
            "{Cycles} cycles older than {Days} days were removed from the run log (RunLog:KeepDays)")]
        public static partial void Trimmed(ILogger logger, int cycles, int days);
    }
}
