using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Guests;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Makes pages for the store out of pages of Graph. An id may come again on any later page, and neither order nor uniqueness is promised:
/// what earlier pages said is asked of the store, so that a baseline that goes on after a poll or a crash knows it as well. Of members
/// nothing is kept, for there may be a million of them.
/// </summary>
internal sealed class BaselinePages(
    GraphConnection graph, GuestStore store, DeadTokenRule deadTokens, TimeProvider time, ILogger logger)
{
    private readonly PointReads pointReads = new(graph, store, deadTokens, time, logger);

    /// <summary>The page to keep, or what kept it from being made.</summary>
    public async Task<(BaselinePage? Page, PollFailure? Failure)> MakeAsync(
        IReadOnlyList<DeltaEntry> entries, CancellationToken cancellationToken)
    {
        var readAt = time.GetUtcNow();
        var ledger = Enter(entries);
        var known = store.FindGuests([.. ledger.Entries.Where(entry => entry.Kind == EntryKind.TypeAbsent).Select(entry => entry.Id)]);
        if (await pointReads.SettleAsync(ledger, known, cancellationToken) is { } failure) return (null, failure);

        var (guests, others) = (new List<Guest>(), new List<DeltaEntry>());
        foreach (var entry in ledger.Entries)
        {
            if (IsGuest(entry, known)) guests.Add(new Guest(entry.Id, GuestState.Live, entry.Digest, entry.Name, entry.Mail, readAt));
            else others.Add(entry);
        }

        return (new BaselinePage
        {
            Fingerprint = graph.Fingerprint,
            ReadAt = readAt,
            Users = entries.Count,
            Guests = guests,
            NotGuests = [.. others.Select(entry => entry.Id)],
            Others = [.. others.Where(entry => entry.Kind != EntryKind.NotGuest).Select(ToKeep)],
        }, null);
    }

    private EntryLedger Enter(IReadOnlyList<DeltaEntry> entries)
    {
        var ledger = new EntryLedger();
        foreach (var entry in entries) ledger.Add(entry);
        var seen = store.FindInBaseline(ledger.Ids);
        foreach (var entry in ledger.Entries.ToList())
            if (seen.TryGetValue(entry.Id, out var earlier) && !Repeats(earlier, entry)) ledger.Add(Kept(earlier));
        return ledger;
    }

    /// <summary>A known guest without a userType is kept among the guests, and stays one when the same comes again.</summary>
    private static bool Repeats(BaselineUser earlier, DeltaEntry entry) =>
        earlier.Kind is null && entry.Kind == EntryKind.TypeAbsent && entry.Digest == earlier.Digest;

    private static BaselineUser ToKeep(DeltaEntry entry) => new(entry.Id, entry.Kind.ToString(), entry.Digest, entry.Outside);

    private static DeltaEntry Kept(BaselineUser user)
    {
        var kind = user.Kind is { } name ? Enum.Parse<EntryKind>(name) : EntryKind.Guest;
        return new DeltaEntry(user.Id, kind, new GuestDetails(user.Digest)) { Outside = user.Outside };
    }

    /// <summary>Without a userType, a known guest stays one (README.md#what-an-entry-means).</summary>
    private static bool IsGuest(DeltaEntry entry, IReadOnlyDictionary<string, Guest> known) =>
        entry.Kind == EntryKind.Guest
        || (entry.Kind == EntryKind.TypeAbsent && known.GetValueOrDefault(entry.Id) is { State: GuestState.Live });
}
