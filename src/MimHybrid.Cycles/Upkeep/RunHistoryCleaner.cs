using Microsoft.Extensions.Logging;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Client;
using MimHybrid.Mim.Results;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Upkeep;

/// <summary>
/// Keeps MIM's run history from growing without bound: once a day it asks MIM to remove the runs that are older than
/// <see cref="SyncServerSettings.KeepRunsDays"/>. The loop that starts cycles calls it, since that loop alone knows that none is running,
/// and starts none before the call has ended. What years have left is therefore removed piece by piece, from the oldest on: no call is
/// long, and a guest who comes in between has a cycle before the next piece.
/// </summary>
public sealed partial class RunHistoryCleaner(
    CycleStore cycles, SyncServer server, SyncServerSettings settings, TimeProvider time, ILogger<RunHistoryCleaner> logger)
{
    /// <summary>Of such a call the log tells, since cycles wait for it.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private readonly HistoryPieces pieces = new();

    /// <summary>
    /// Removes one piece, if clearing is switched on and either a day has passed since the last clean-up began or that one is not through.
    /// Failures are logged, not thrown, and end the clean-up of the day.
    /// </summary>
    /// <returns>Whether there is another piece to remove as soon as no cycle is in sight.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled, and MIM did not end within
    /// <see cref="SyncServerSettings.StopGrace"/>.</exception>
    public async Task<bool> CleanIfDueAsync(CancellationToken cancellationToken)
    {
        if (settings.KeepRunsDays is not (> 0 and var days)) return false;

        var (now, last) = (time.GetUtcNow(), cycles.ReadRunHistoryCleanup());
        var cleanup = IsDue(last, now) ? new RunHistoryCleanup(now, last?.ClearedThrough, GoesOn: true) : last!;
        if (!cleanup.GoesOn) return false;

        var all = cleanup.BegunAt - TimeSpan.FromDays(days);
        var piece = pieces.Next(cleanup.ClearedThrough, all);
        if (cleanup != last) Log.Clearing(logger, all);

        // Written down before it is tried: what hangs or fails is not met again at each restart, but tomorrow.
        cycles.RecordRunHistoryCleanup(cleanup with { GoesOn = false });
        if (!await ClearAsync(piece, cancellationToken)) return false;

        cycles.RecordRunHistoryCleanup(cleanup with { ClearedThrough = piece, GoesOn = piece < all });
        if (piece < all) Log.ClearedPiece(logger, piece);
        else Log.Cleared(logger, all);
        return piece < all;
    }

    /// <summary>A time in the future means that the clock was set back since: waiting for it could take for ever.</summary>
    private static bool IsDue(RunHistoryCleanup? last, DateTimeOffset now) =>
        last is null || last.BegunAt > now || now - last.BegunAt >= Interval;

    private async Task<bool> ClearAsync(DateTimeOffset endingBefore, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            var answer = await AskAsync(endingBefore, cancellationToken);
            if (answer.Class != ResultClass.Success) Log.Refused(logger, answer.Raw, answer.Advice);
            pieces.Took(time.GetElapsedTime(begun));
            return answer.Class == ResultClass.Success;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.GivenUp(logger, settings.LongestRun);
        }
        catch (CimConnectionException exception)
        {
            var word = ResultWords.Judge(exception.Failure);
            Log.Refused(logger, word.Raw, word.Advice);
        }

        return false;
    }

    /// <summary>
    /// Waits for MIM as long as for a run: to give up means to start cycles beside a call of which nobody knows whether it has ended.
    /// </summary>
    private async Task<ResultWord> AskAsync(DateTimeOffset endingBefore, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(settings.LongestRun, time);
        await using var stop = cancellationToken.Register(() => end.CancelAfter(settings.StopGrace));
        var clearing = server.ClearRunsAsync(endingBefore, end.Token);
        try
        {
            return await clearing.WaitAsync(Long, time, CancellationToken.None);
        }
        catch (TimeoutException) when (!clearing.IsCompleted)
        {
            Log.TakesLong(logger, Long, settings.LongestRun);
            return await clearing;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1040, LogLevel.Information, "MIM's run history has no runs any more that ended before {EndingBefore:u}")]
        public static partial void Cleared(ILogger logger, DateTimeOffset endingBefore);

        [LoggerMessage(1041, LogLevel.Warning,
            "MIM's run history could not be cleared of old runs: {Word}. {Advice} It is tried again in a day.")]
        public static partial void Refused(ILogger logger, string word, string advice);

        [LoggerMessage(1042, LogLevel.Warning,
            "MIM has been clearing a piece of its run history for {Time}; no cycle starts before it ends, or for {Longest} "
                + "(SyncServer:LongestRun) at most")]
        public static partial void TakesLong(ILogger logger, TimeSpan time, TimeSpan longest);

        [LoggerMessage(1043, LogLevel.Information,
            "MIM clears its run history of runs that ended before {EndingBefore:u} "
                + "(SyncServer:KeepRunsDays), piece by piece, while no cycle runs")]
        public static partial void Clearing(ILogger logger, DateTimeOffset endingBefore);

        [LoggerMessage(1044, LogLevel.Error,
            "MIM has not answered for {Longest} (SyncServer:LongestRun) that it cleared a piece of its run history: the connection is "
                + "taken for broken, and cycles go on. Look at the sync server's "
                    + "event log and at its SQL Server. It is tried again in a day.")]
        public static partial void GivenUp(ILogger logger, TimeSpan longest);

        [LoggerMessage(1045, LogLevel.Debug,
            "MIM's run history has no runs any more that ended before {EndingBefore:u}; there is more to clear")]
        public static partial void ClearedPiece(ILogger logger, DateTimeOffset endingBefore);
    }
}
