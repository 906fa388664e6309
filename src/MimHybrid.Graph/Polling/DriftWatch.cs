using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Decides when the guests known are compared with a list of them: at a slow pace, and earlier when two counts in a row disagree, for one
/// may come from a replica that lags (README.md#drift, README.md#replicas-lag). A comparison that fails never spoils the poll.
/// </summary>
internal sealed partial class DriftWatch(
    GraphConnection graph, GuestStore store, DeadTokenRule deadTokens, TimeProvider time, ILogger logger)
{
    private const int DisagreementsBeforeReconcile = 2;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(15);

    private readonly Reconcile reconcile = new(graph, store, deadTokens, time, logger);
    private DateTimeOffset notBefore = DateTimeOffset.MinValue;
    private bool isFailing;

    /// <summary>The result of a good round, with what a comparison added to it.</summary>
    public async Task<PollResult> CheckAsync(PollResult round, CancellationToken cancellationToken)
    {
        if (graph.Settings.ReconcileEvery == TimeSpan.Zero || time.GetUtcNow() < notBefore) return round;

        var (isDue, failure) = await IsDueAsync(cancellationToken);
        var found = round;
        if (isDue) (found, failure) = await reconcile.RunAsync(round, cancellationToken);
        NoteState(failure);
        return found;
    }

    private async Task<(bool IsDue, PollFailure? Failure)> IsDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // one was cut off; nothing but a comparison reads while there is a cursor
        if (store.ReadBaseline() is not null) return (true, null);
        if (store.ReadDoubtedBaseline() is { } held) return (now >= held.RetryAt, null);
        if (store.ReadDrift() is not { } state)
        {
            store.SaveDrift(DriftState.ComparedAt(now));
            return (false, null);
        }

        if (now - state.ReconciledAt >= graph.Settings.ReconcileEvery) return (true, null);
        // Where the settings leave guests out or take others in, Graph's count says nothing: it knows no such filter.
        var counts = graph.Settings.CountEvery > TimeSpan.Zero && graph.Settings.Guests.Filter.IsPlain;
        return !counts || now - state.CountedAt < graph.Settings.CountEvery
            ? (false, null)
            : await CountAsync(state, cancellationToken);
    }

    private async Task<(bool IsDue, PollFailure? Failure)> CountAsync(DriftState state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (await graph.CountAsync(graph.Links.GuestCount, cancellationToken))
        {
            case GraphReply<long>.Answer { Value: var counted }:
                var known = store.CountLiveGuests();
                var agrees = counted - known == state.AcceptedOffset;
                state = state with { CountedAt = now, Counted = counted, Disagreements = agrees ? 0 : state.Disagreements + 1 };
                store.SaveDrift(state);
                if (state.Disagreements < DisagreementsBeforeReconcile) return (false, null);
                Log.CountsDisagree(logger, counted, known);
                return (true, null);
            case GraphReply<long>.Refusal { Error: var error } when BaselineReader.IsRefused(error):
                store.SaveDrift(state with { CountedAt = now });
                return (false, null);
            case GraphReply<long>.Refusal { Error.Failure: var failure }:
                return (false, failure);
            default:
                return (false, null);
        }
    }

    private void NoteState(PollFailure? failure)
    {
        if (failure is not null)
        {
            var asked = failure.RetryAfter ?? TimeSpan.Zero;
            notBefore = time.GetUtcNow() + (asked > PauseAfterFailure ? asked : PauseAfterFailure);
            if (!isFailing) Log.Failed(logger, failure);
        }

        isFailing = failure is not null;
    }

    private static partial class Log
    {
        [LoggerMessage(2060, LogLevel.Information,
            "Graph counts {Counted} guests, the agent knows {Known}, for the second time: they are compared one by one.")]
        public static partial void CountsDisagree(ILogger logger, long counted, long known);

        [LoggerMessage(2061, LogLevel.Warning,
            "The guests cannot be compared with a list of them; rounds go on, and it is tried again: {Failure}")]
        public static partial void Failed(ILogger logger, PollFailure failure);
    }
}
