using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Guests;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Settles by a read by id what entries cannot tell (README.md#what-an-entry-means). Such a user counts as deleted only when not found
/// again later: a replica that lags does not know the newest ones yet (README.md#replicas-lag). When it was missed first is in the store,
/// for the agent that ends after each poll.
/// </summary>
internal sealed class PointReads(GraphConnection graph, GuestStore store, TimeProvider time)
{
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(30);

    /// <summary>Null when nothing is undecided any more; else what kept it from that.</summary>
    public async Task<GraphError?> SettleAsync(
        EntryLedger ledger, IReadOnlyDictionary<string, Guest> known, CancellationToken cancellationToken)
    {
        var undecided = RoundReducer.Undecided(ledger, known);
        if (undecided.Count == 0) return null;
        var open = 0;
        foreach (var id in undecided)
        {
            switch (await graph.GetUserAsync(id, cancellationToken))
            {
                case GraphReply<DeltaEntry>.Answer { Value.Kind: EntryKind.Removed } when !IsMissedForGood(id): open++; break;
                case GraphReply<DeltaEntry>.Answer { Value: var user }: ledger.Settle(user); break;
                case GraphReply<DeltaEntry>.Refusal { Error: var error }: return error;
            }
        }

        if (open > 0) return new GraphError(Unclear(open));
        store.ForgetMissed();
        return null;
    }

    private bool IsMissedForGood(string id) => time.GetUtcNow() is var now && now - store.NoteMissed(id, now) >= Spacing;

    private static PollFailure Unclear(int users) => PollFailure.Passing(
        PollFailureClass.ServerError,
        $"Graph contradicts itself about {users} user(s) and does not find them by id.",
        meanwhile: "The agent looks again before it takes them for deleted.") with
    {
        RetryAfter = Spacing,
    };
}
