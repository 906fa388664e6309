using System.Runtime.InteropServices;
using MimHybrid.Graph.Delta;

namespace MimHybrid.Graph.Guests;

/// <summary>
/// The entries of a round, one per id. Neither order nor uniqueness is promised (README.md#order-and-repetition): entries that agree
/// collapse, entries that contradict each other make the id uncertain, and only a read by id settles it.
/// </summary>
public sealed class EntryLedger
{
    private readonly Dictionary<string, Sighting> sightings = new(StringComparer.Ordinal);

    private record struct Sighting(DeltaEntry Entry, bool IsUncertain, bool IsRepeated);

    public int Count => sightings.Count;

    public IReadOnlyCollection<string> Ids => sightings.Keys;

    /// <summary>One entry per id; for an uncertain id the one that shows most of the user, present rather than gone.</summary>
    public IEnumerable<DeltaEntry> Entries => sightings.Values.Select(sighting => sighting.Entry);

    /// <summary>Ids with entries that contradict each other.</summary>
    public IEnumerable<string> Uncertain => sightings.Where(sighting => sighting.Value.IsUncertain).Select(sighting => sighting.Key);

    public bool IsRepeated(string id) => sightings.TryGetValue(id, out var sighting) && sighting.IsRepeated;

    public void Add(DeltaEntry entry)
    {
        ref var sighting = ref CollectionsMarshal.GetValueRefOrAddDefault(sightings, entry.Id, out var seen);
        sighting = seen ? Collapse(sighting, entry) : new Sighting(entry, false, false);
    }

    /// <summary>Puts what a read by id found in the place of what the round said.</summary>
    public void Settle(DeltaEntry entry) => sightings[entry.Id] = new Sighting(entry, false, false);

    /// <summary>No read by id can settle it: what was seen has to do, present rather than gone.</summary>
    public void SettleAsSeen(string id) => Settle(sightings[id].Entry);

    private static Sighting Collapse(Sighting seen, DeltaEntry entry) => (seen.Entry.Kind, entry.Kind) switch
    {
        // First softly, then for good: that is the way of things, not a contradiction.
        (EntryKind.Removed, EntryKind.Purged) => seen with { Entry = entry, IsRepeated = true },
        (EntryKind.Purged, EntryKind.Removed) => seen with { IsRepeated = true },
        var (before, now) when before == now && seen.Entry.Digest == entry.Digest => seen with { IsRepeated = true },
        _ => new Sighting(entry.Kind < seen.Entry.Kind ? entry : seen.Entry, IsUncertain: true, IsRepeated: true),
    };
}
