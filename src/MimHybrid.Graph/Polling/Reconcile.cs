using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Guests;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Compares the guests known with a list of them and takes over what delta did not tell: silent restores, missed deletions, bugs
/// (README.md#drift, README.md#deletions-and-restores). The cursor stays.
/// </summary>
internal sealed partial class Reconcile(
    GraphConnection graph, GuestStore store, DeadTokenRule deadTokens, TimeProvider time, ILogger logger)
{
    /// <summary>So many differences are confirmed by a read of the user each; beyond, list and brake have to do.</summary>
    private const int MostPointReads = 100;

    /// <summary>A list that could not be finished for so long is begun anew: guests found on its first pages may be gone.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromDays(1);

    private readonly GuestListReader list = new(graph, store, deadTokens, time, logger, progress: null);

    /// <summary>The round's result with what was found added to it, and what kept the comparison from its end.</summary>
    public async Task<(PollResult Result, PollFailure? Failure)> RunAsync(PollResult round, CancellationToken cancellationToken)
    {
        var pending = FindUsable() ?? Begin();
        var (last, failure) = await list.ReadAsync(pending, cancellationToken);
        if (last is not { } read) return (round, failure);

        // Where it was read, not where it leads: after a crash the last page is read again, and then compared.
        store.CommitBaselinePage(read.Page, read.Link);
        var settledBefore = pending.StartedAt - graph.Settings.ListSettleTime;
        if (store.Judge(graph.Settings.Brake, settledBefore, time.GetUtcNow()) is { } held)
        {
            Log.Held(logger, held.Vanished, held.Known, held.RetryAt);
            store.AbandonBaseline();
            return (round, null);
        }

        return await TakeOverAsync(round, store.FindDifferences(settledBefore), cancellationToken);
    }

    private Baseline? FindUsable() =>
        store.ReadBaseline() is { Kind: BaselineKind.Reconcile } found
        && found.Fingerprint == graph.Fingerprint
        && GuestListReader.IsUsable(found, graph.Links)
        && time.GetUtcNow() - found.StartedAt < LongestReading
            ? found
            : null;

    private Baseline Begin()
    {
        var begun = new Baseline(graph.Links.GuestList, graph.Fingerprint, time.GetUtcNow(), 0, 0, 0)
        {
            Kind = BaselineKind.Reconcile,
        };
        store.BeginGuestList(begun);
        return begun;
    }

    private async Task<(PollResult Result, PollFailure? Failure)> TakeOverAsync(
        PollResult round, IReadOnlyList<GuestDifference> differences, CancellationToken cancellationToken)
    {
        var (ledger, failure) = await EnterAsync(differences, cancellationToken);
        if (failure is not null) return (round, failure);

        var now = time.GetUtcNow();
        var reduced = RoundReducer.Reduce(ledger, store.FindGuests(ledger.Ids), store.ReadCursor()! with { ObtainedAt = now });
        var committed = store.FinishReconcile(reduced, now);
        GraphMeter.Count(committed);

        if (reduced.Changes.Count == 0)
        {
            Log.Agreed(logger, differences.Count);
            return (round, null);
        }

        var found = reduced.Changes.CountBy(change => change.Kind).ToDictionary();
        Log.Drifted(logger, Of(ChangeKind.Added), Of(ChangeKind.Updated), Of(ChangeKind.Removed), Of(ChangeKind.Restored));
        var pending = PollResult.Changed.Of(committed);
        return (round is PollResult.Changed changed ? changed.And(pending) : committed.Count == 0 ? round : pending, null);

        int Of(ChangeKind kind) => found.GetValueOrDefault(kind);
    }

    /// <summary>What differs, as entries of a round: as a read of the user shows it or, of too many, as the list does.</summary>
    private async Task<(EntryLedger Ledger, PollFailure? Failure)> EnterAsync(
        IReadOnlyList<GuestDifference> differences, CancellationToken cancellationToken)
    {
        var (ledger, givenUp) = (new EntryLedger(), new List<(string Id, string Answer)>());
        PollFailure? refused = null;
        foreach (var difference in differences)
        {
            if (differences.Count > MostPointReads)
            {
                ledger.Add(FromList(difference));
                continue;
            }

            switch (await graph.GetUserAsync(difference.Id, cancellationToken))
            {
                case GraphReply<DeltaEntry>.Answer { Value: var user }: ledger.Add(user); break;
                case GraphReply<DeltaEntry>.Refusal { Error: var error } when deadTokens.IsGivenUp(error, difference.Id):
                    givenUp.Add((difference.Id, error.Answer));
                    if (difference is not { Listed: null, Outside: null }) ledger.Add(FromList(difference)); // nobody is removed for it
                    break;
                case GraphReply<DeltaEntry>.Refusal { Error: var error } when DeadTokenRule.IsAboutTheAsked(error):
                    refused ??= error.Failure;
                    break;
                case GraphReply<DeltaEntry>.Refusal { Error.Failure: var failure }: return (ledger, failure);
            }
        }

        if (refused is not null) return (ledger, refused);
        foreach (var (id, answer) in givenUp) PointReads.Log.GivenUp(logger, id, answer);
        return (ledger, null);
    }

    private static DeltaEntry FromList(GuestDifference difference) => difference switch
    {
        { Listed: { } listed } => new DeltaEntry(difference.Id, EntryKind.Guest, new GuestDetails(listed.Digest, listed.Name, listed.Mail)),
        { Outside: { } reason } => new DeltaEntry(difference.Id, EntryKind.Outside) { Outside = reason },
        _ => new DeltaEntry(difference.Id, EntryKind.Removed),
    };

    private static partial class Log
    {
        [LoggerMessage(2062, LogLevel.Information,
            "The guests known were compared with a list of them: they agree ({Differences} differences, none of them confirmed).")]
        public static partial void Agreed(ILogger logger, int differences);

        [LoggerMessage(2063, LogLevel.Warning,
            "The guests known were compared with a list of them. Delta had not told of: "
                + "{Added} added, {Updated} updated, {Removed} removed, {Restored} restored.")]
        public static partial void Drifted(ILogger logger, int added, int updated, int removed, int restored);

        [LoggerMessage(2064, LogLevel.Warning,
            "{Vanished} of {Known} guests were missing in a list of them. It is not used; the next is due at {RetryAt:u}.")]
        public static partial void Held(ILogger logger, long vanished, long known, DateTimeOffset retryAt);
    }
}
