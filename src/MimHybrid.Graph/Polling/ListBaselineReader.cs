using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Reads the guests of a large tenant by list: a delta link first, a pause so that the list's replicas have caught up with it, then the
/// list; the rounds start at the link. What happens meanwhile is told twice rather than lost (README.md#reading-the-whole-tenant).
/// </summary>
internal sealed partial class ListBaselineReader(
    GraphConnection graph, GuestStore store, DeadTokenRule deadTokens, TimeProvider time, ILogger logger, IProgress<Baseline>? progress)
{
    private readonly GuestListReader list = new(graph, store, deadTokens, time, logger, progress);
    private readonly BaselineEnd end = new(graph, store, logger);

    public static bool IsUsable(Baseline found, DeltaLinks links) =>
        found.CursorLink is { } cursor && links.Refusal(cursor) is null && GuestListReader.IsUsable(found, links);

    /// <summary>Takes the delta link. Nothing when Graph gives none without users: then all users are read by delta.</summary>
    public async Task<(Baseline? Begun, PollFailure? Failure)> BeginAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (await graph.GetPageAsync(graph.Links.Latest, cancellationToken))
        {
            case GraphReply<DeltaPage>.Answer { Value: { IsLast: true, Entries: [], Link: var link } }:
                var begun = new Baseline(graph.Links.GuestList, graph.Fingerprint, now, 0, 0, 0)
                {
                    Kind = BaselineKind.List,
                    CursorLink = link,
                    ReadFrom = now + graph.Settings.ListSettleTime,
                };
                store.BeginGuestList(begun);
                Log.Begun(logger, begun.ReadFrom.Value);
                return (begun, null);
            case GraphReply<DeltaPage>.Refusal { Error: var error } when !BaselineReader.IsRefused(error):
                return (null, error.Failure);
            default:
                Log.NoLatest(logger);
                return (null, null);
        }
    }

    /// <summary>The poll's result; null when Graph refuses the list for good, and all users have to be read by delta.</summary>
    public async Task<PollResult?> RunAsync(Baseline pending, CancellationToken cancellationToken)
    {
        if (FindWait(pending) is { } wait) return wait;
        var (last, failure) = await list.ReadAsync(pending, cancellationToken);
        if (list.IsRefused)
        {
            Log.NoList(logger, failure!);
            store.AbandonBaseline();
            return null;
        }

        return last is null
            ? new PollResult.Failed(failure!)
            : end.Complete(last.Value.Page, new DeltaCursor(pending.CursorLink!, graph.Fingerprint, pending.StartedAt));
    }

    /// <summary>A clock that was set back makes the wait no longer than it was meant to be.</summary>
    private PollResult.Waiting? FindWait(Baseline pending)
    {
        var (now, longest) = (time.GetUtcNow(), time.GetUtcNow() + graph.Settings.ListSettleTime);
        var until = pending.ReadFrom is { } from && from < longest ? from : longest;
        return until <= now || pending.Pages > 0
            ? null
            : new PollResult.Waiting(
                until, "The tenant is large: its list of guests is read from "
                    + $"{until:HH:mm:ss} UTC on, when it has caught up with the delta link.");
    }

    private static partial class Log
    {
        [LoggerMessage(2051, LogLevel.Information, "The tenant is large: its guests are read by list, from {ReadFrom:u} on.")]
        public static partial void Begun(ILogger logger, DateTimeOffset readFrom);

        [LoggerMessage(2052, LogLevel.Warning, "Graph gives no delta link without users. All users are read by delta instead.")]
        public static partial void NoLatest(ILogger logger);

        [LoggerMessage(2056, LogLevel.Warning, "Graph refuses the list of guests. All users are read by delta instead. {Failure}")]
        public static partial void NoList(ILogger logger, PollFailure failure);
    }
}
