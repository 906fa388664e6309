using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Guests;

namespace MimHybrid.Graph.Polling;

/// <summary>Settles what entries leave open by reading the user (reference/graph-delta.md 2.2).</summary>
internal static class PointReads
{
    /// <summary>Null when all ids are settled; else what kept it from that.</summary>
    public static async Task<PollFailure?> SettleAsync(GraphConnection graph, EntryLedger ledger, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            switch (await graph.GetUserAsync(id, cancellationToken))
            {
                case GraphReply<DeltaEntry>.Answer { Value: var user }: ledger.Settle(user); break;
                case GraphReply<DeltaEntry>.Refusal { Error.Failure: var failure }: return failure;
            }
        }

        return null;
    }
}
