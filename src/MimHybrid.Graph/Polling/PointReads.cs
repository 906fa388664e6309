using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Guests;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>Reads the user where the entries leave open what they mean (README.md#what-an-entry-means).</summary>
internal static class PointReads
{
    /// <summary>Null when nothing is undecided any more; else what kept it from that.</summary>
    public static async Task<PollFailure?> SettleAsync(
        GraphConnection graph, EntryLedger ledger, IReadOnlyDictionary<string, Guest> known, CancellationToken cancellationToken)
    {
        var open = 0;
        foreach (var id in RoundReducer.Undecided(ledger, known))
        {
            switch (await graph.GetUserAsync(id, cancellationToken))
            {
                case GraphReply<DeltaEntry>.Answer { Value.Kind: EntryKind.Removed } when !graph.Missing.IsCertain(id): open++; break;
                case GraphReply<DeltaEntry>.Answer { Value: var user }: ledger.Settle(user); break;
                case GraphReply<DeltaEntry>.Refusal { Error.Failure: var failure }: return failure;
            }
        }

        if (open > 0) return Unclear(open);
        graph.Missing.Forget();
        return null;
    }

    private static PollFailure Unclear(int users) => PollFailure.Passing(
        PollFailureClass.ServerError,
        $"Graph contradicts itself about {users} user(s) and does not find them by id. The agent looks again before it takes them for deleted.") with
    {
        RetryAfter = MissingUsers.Spacing,
    };
}
