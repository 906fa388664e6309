using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Guests;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>One delta round from the cursor: read whole, reduced, committed in one transaction with the new cursor.</summary>
internal sealed partial class ChangeRound(
    GraphConnection graph, GuestStore store, DeadTokenRule deadTokens, TimeProvider time, ILogger logger)
{
    private readonly PointReads pointReads = new(graph, store, deadTokens, time, logger);

    /// <summary>How the reading of a round's pages ended.</summary>
    private abstract record Reading
    {
        public sealed record Complete(EntryLedger Ledger, string DeltaLink) : Reading;

        public sealed record TokenDied(bool InsideRound, string Of) : Reading;

        public sealed record Failed(PollFailure Failure) : Reading;
    }

    /// <summary>The poll's result; null when the cursor is dead, and the answer it died of.</summary>
    public async Task<(PollResult? Result, string? DiedOf)> RunAsync(DeltaCursor cursor, CancellationToken cancellationToken)
    {
        var reading = await ReadAsync(cursor.Link, cancellationToken);

        // A page token that dies inside the round says nothing against the cursor: once more from there (README.md#dead-tokens).
        if (reading is Reading.TokenDied { InsideRound: true }) reading = await ReadAsync(cursor.Link, cancellationToken);
        return reading switch
        {
            Reading.Complete complete => (await CommitAsync(complete, cancellationToken), null),
            Reading.TokenDied died => (null, died.Of),
            _ => (new PollResult.Failed(((Reading.Failed)reading).Failure), null),
        };
    }

    private async Task<Reading> ReadAsync(string cursorLink, CancellationToken cancellationToken)
    {
        var ledger = new EntryLedger();
        var trail = new LinkTrail();
        for (var link = cursorLink; ;)
        {
            if (trail.Refusal(link) is { } endless) return Judge(Endless(endless), insideRound: true);
            var reply = await graph.GetPageAsync(link, cancellationToken);
            if (reply is GraphReply<DeltaPage>.Refusal { Error: var error }) return Judge(error, link != cursorLink);

            var page = ((GraphReply<DeltaPage>.Answer)reply).Value;
            foreach (var entry in page.Entries) ledger.Add(entry);
            if (page.IsLast) return new Reading.Complete(ledger, page.Link);
            link = page.Link;
        }
    }

    private Reading Judge(GraphError error, bool insideRound) =>
        deadTokens.IsDead(error, LinkHolder.Cursor) ? new Reading.TokenDied(insideRound, error.Answer) : new Reading.Failed(error.Failure);

    private async Task<PollResult> CommitAsync(Reading.Complete reading, CancellationToken cancellationToken)
    {
        var known = store.FindGuests(reading.Ledger.Ids);
        return await pointReads.SettleAsync(reading.Ledger, known, cancellationToken) is { } failure
            ? new PollResult.Failed(failure)
            : Commit(reading, known);
    }

    private PollResult Commit(Reading.Complete reading, IReadOnlyDictionary<string, Guest> known)
    {
        var round = RoundReducer.Reduce(reading.Ledger, known, new DeltaCursor(reading.DeltaLink, graph.Fingerprint, time.GetUtcNow()));
        var committed = store.CommitRound(round);
        GraphMeter.Count(committed);
        Log.RoundRead(logger, reading.Ledger.Count, reading.Ledger.Entries.Count(entry => entry.Kind == EntryKind.TypeAbsent));
        LogIgnored(committed);
        LogLeft(round.Changes);
        if (committed.Count == 0) return new PollResult.Unchanged();

        var changed = PollResult.Changed.Of(committed);
        Log.GuestsChanged(logger, changed.Added, changed.Updated, changed.Removed, changed.Restored);
        return changed;
    }

    private void LogIgnored(CommittedChanges committed)
    {
        if (committed.Ignored.Count == 0) return;
        var ignored = committed.Ignored.OrderBy(reason => reason.Key).Select(reason => $"{reason.Value} {reason.Key.Describe()}");
        Log.Ignored(logger, string.Join("; ", ignored));
    }

    private void LogLeft(IReadOnlyList<GuestChange> changes)
    {
        var left = changes.Where(change => change.LeftBecause is not null).CountBy(change => change.LeftBecause!.Value);
        var reasons = string.Join("; ", left.OrderBy(reason => reason.Key).Select(reason => $"{reason.Value} {reason.Key.Describe()}"));
        if (reasons.Length > 0) Log.Left(logger, reasons);
    }

    /// <summary>Shared with the baseline: the words for a chain of pages that leads nowhere.</summary>
    internal static GraphError Endless(string reason) => new(PollFailure.Passing(
        PollFailureClass.Malformed, $"Graph's answer cannot be used: {reason}.", meanwhile: "The agent tries again."))
    {
        Status = 200,
    };

    private static partial class Log
    {
        [LoggerMessage(2010, LogLevel.Information,
            "Guests changed: {Added} added, {Updated} updated, {Removed} removed, {Restored} restored.")]
        public static partial void GuestsChanged(ILogger logger, int added, int updated, int removed, int restored);

        [LoggerMessage(2012, LogLevel.Information, "Guest changes that start nothing: {Ignored}.")]
        public static partial void Ignored(ILogger logger, string ignored);

        [LoggerMessage(2013, LogLevel.Information,
            "Updated are guests who do not count any more by Graph:Guests: {Reasons}. Nobody removed them in the tenant.")]
        public static partial void Left(ILogger logger, string reasons);

        [LoggerMessage(2011, LogLevel.Debug, "Delta round complete: {Users} users, {TypeAbsent} of them without a userType.")]
        public static partial void RoundRead(ILogger logger, int users, int typeAbsent);
    }
}
