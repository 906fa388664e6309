using Microsoft.Extensions.Logging;
using MimHybrid.Core.Store;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Core.Cycles;

/// <summary>
/// Keeps MIM's run history from growing without bound: once a day it asks MIM to remove the runs that are older than
/// <see cref="SyncServerSettings.KeepRunsDays"/>. The loop that starts cycles calls it, since that loop alone knows that none is running, and
/// starts none before it has ended. The first one of a server that ran for years has much to remove: it is waited for as long as for
/// somebody else's run, <see cref="SyncServerSettings.ForeignRunDeadline"/>.
/// </summary>
public sealed partial class RunHistoryCleaner(
    AgentStore store, SyncServer server, SyncServerSettings settings, TimeProvider time, ILogger<RunHistoryCleaner> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private static readonly TimeSpan ShortestPatience = TimeSpan.FromMinutes(5);

    private TimeSpan Patience => settings.ForeignRunDeadline > ShortestPatience ? settings.ForeignRunDeadline : ShortestPatience;

    /// <summary>Cleans up if it is switched on and a day has passed since the last time. Failures are logged, not thrown.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task CleanIfDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (settings.KeepRunsDays is not (> 0 and var days) || !IsDue(now)) return;

        // Written down before it is tried: what hangs or fails is not met again at each restart, but tomorrow.
        store.RecordRunHistoryCleanup(now);
        await CleanAsync(now - TimeSpan.FromDays(days), cancellationToken);
    }

    /// <summary>A time in the future means that the clock was set back since: waiting for it could take for ever.</summary>
    private bool IsDue(DateTimeOffset now) =>
        store.ReadRunHistoryCleanup() is not { } last || last > now || now - last >= Interval;

    private async Task CleanAsync(DateTimeOffset endingBefore, CancellationToken cancellationToken)
    {
        Log.Clearing(logger, endingBefore);
        using var limit = new CancellationTokenSource(Patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var answer = await server.ClearRunsAsync(endingBefore, end.Token);
            if (answer.Class == ResultClass.Success) Log.Cleared(logger, endingBefore);
            else Log.Refused(logger, answer.Raw, answer.Advice);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.StillBusy(logger, Patience);
        }
        catch (CimConnectionException exception)
        {
            var word = ResultWords.Judge(exception.Failure);
            Log.Refused(logger, word.Raw, word.Advice);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1040, LogLevel.Information, "MIM's run history has no runs any more that ended before {EndingBefore:u}")]
        public static partial void Cleared(ILogger logger, DateTimeOffset endingBefore);

        [LoggerMessage(1041, LogLevel.Warning, "MIM's run history could not be cleared of old runs: {Word}. {Advice} It is tried again in a day.")]
        public static partial void Refused(ILogger logger, string word, string advice);

        [LoggerMessage(1042, LogLevel.Warning, "MIM is still clearing its run history after {Patience}; it goes on by itself, and cycles go on too")]
        public static partial void StillBusy(ILogger logger, TimeSpan patience);

        [LoggerMessage(1043, LogLevel.Information, "MIM clears its run history of runs that ended before {EndingBefore:u} (SyncServer:KeepRunsDays); no cycle starts meanwhile")]
        public static partial void Clearing(ILogger logger, DateTimeOffset endingBefore);
    }
}
