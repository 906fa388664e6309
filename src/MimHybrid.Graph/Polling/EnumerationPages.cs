using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Guests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Makes pages for the store out of pages of Graph. Guests and removals seen so far are remembered, since an id may come again on any
/// later page and neither order nor uniqueness is promised; members are not, for there may be a million of them.
/// </summary>
internal sealed class EnumerationPages(GraphConnection graph, GuestStore store)
{
    private readonly Dictionary<string, DeltaEntry> seen = new(StringComparer.Ordinal);

    /// <summary>The page to keep, or what kept it from being made.</summary>
    public async Task<(EnumerationPage? Page, PollFailure? Failure)> MakeAsync(
        IReadOnlyList<DeltaEntry> entries, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var ledger = Enter(entries);
        var known = store.FindGuests([.. ledger.Entries.Where(entry => entry.Kind == EntryKind.TypeAbsent).Select(entry => entry.Id)]);
        if (await PointReads.SettleAsync(graph, ledger, known, cancellationToken) is { } failure) return (null, failure);

        var (guests, others) = (new List<Guest>(), new List<string>());
        foreach (var entry in ledger.Entries)
        {
            Remember(entry);
            if (IsGuest(entry, known)) guests.Add(new Guest(entry.Id, GuestState.Live, entry.Digest, entry.Name, entry.Mail, readAt));
            else others.Add(entry.Id);
        }

        return (new EnumerationPage
        {
            Fingerprint = graph.Fingerprint,
            ReadAt = readAt,
            Users = entries.Count,
            Guests = guests,
            NotGuests = others,
        }, null);
    }

    private EntryLedger Enter(IReadOnlyList<DeltaEntry> entries)
    {
        var ledger = new EntryLedger();
        foreach (var entry in entries) ledger.Add(entry);
        foreach (var entry in entries)
            if (seen.TryGetValue(entry.Id, out var earlier)) ledger.Add(earlier);
        return ledger;
    }

    private void Remember(DeltaEntry entry)
    {
        if (entry.Kind == EntryKind.NotGuest) seen.Remove(entry.Id);
        else seen[entry.Id] = entry with { Name = null, Mail = null };
    }

    /// <summary>Without a userType, a known guest stays one (README.md#what-an-entry-means).</summary>
    private static bool IsGuest(DeltaEntry entry, IReadOnlyDictionary<string, Guest> known) =>
        entry.Kind == EntryKind.Guest
        || (entry.Kind == EntryKind.TypeAbsent && known.GetValueOrDefault(entry.Id) is { State: GuestState.Live });
}
