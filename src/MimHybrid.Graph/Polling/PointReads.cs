using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Guests;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Settles by a read by id what entries cannot tell (README.md#what-an-entry-means). Such a user counts as deleted only when not found
/// again later: a replica that lags does not know the newest ones yet (README.md#replicas-lag). When it was missed first is in the store,
/// for the agent that ends after each poll. Who cannot be read at all keeps nobody else waiting (README.md#a-user-who-cannot-be-read).
/// </summary>
internal sealed partial class PointReads(
    GraphConnection graph, GuestStore store, DeadTokenRule deadTokens, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(30);

    /// <summary>Null when nothing is undecided any more; else what kept it from that.</summary>
    public async Task<PollFailure?> SettleAsync(
        EntryLedger ledger, IReadOnlyDictionary<string, Guest> known, CancellationToken cancellationToken)
    {
        var undecided = RoundReducer.Undecided(ledger, known);
        if (undecided.Count == 0) return null;
        var (open, givenUp) = (0, new List<(string Id, string Answer)>());
        PollFailure? refused = null;
        foreach (var id in undecided)
        {
            switch (await graph.GetUserAsync(id, cancellationToken))
            {
                case GraphReply<DeltaEntry>.Answer { Value.Kind: EntryKind.Removed } when !IsMissedForGood(id): open++; break;
                case GraphReply<DeltaEntry>.Answer { Value: var user }: ledger.Settle(user); break;
                case GraphReply<DeltaEntry>.Refusal { Error: var error } when !DeadTokenRule.IsAboutTheAsked(error): return error.Failure;
                case GraphReply<DeltaEntry>.Refusal { Error: var error } when deadTokens.IsGivenUp(error, id):
                    ledger.SettleAsSeen(id);
                    givenUp.Add((id, error.Answer));
                    break;
                case GraphReply<DeltaEntry>.Refusal { Error: var error }: refused ??= error.Failure; break;
            }
        }

        if (refused is not null) return refused;
        if (open > 0) return Unclear(open);
        store.ForgetMissed();
        foreach (var (id, answer) in givenUp) Log.GivenUp(logger, id, answer);
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

    internal static partial class Log
    {
        [LoggerMessage(2014, LogLevel.Warning,
            "The user {Id} cannot be read by id ({Answer}), whatever was tried. The agent goes on with all others; this one counts as a "
                + "guest where anything showed the user as one")]
        public static partial void GivenUp(ILogger logger, string id, string answer);
    }
}
