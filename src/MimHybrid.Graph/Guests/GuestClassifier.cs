using MimHybrid.Graph.Delta;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Guests;

/// <summary>What an entry means for the guest known, if any: the table in README.md#what-an-entry-means. Pure.</summary>
public static class GuestClassifier
{
    /// <param name="entry">The entry.</param>
    /// <param name="known">The guest of that id, if we know one.</param>
    /// <param name="repeated">The round had more than one entry of that id, which makes a stranger without a userType worth a look.</param>
    public static GuestEffect Classify(DeltaEntry entry, Guest? known, bool repeated = false) => (entry.Kind, known?.State) switch
    {
        (EntryKind.Guest, GuestState.Live) => Compare(entry, known!),
        (EntryKind.Guest, GuestState.SoftDeleted) => GuestEffect.Restored,
        (EntryKind.Guest, null) => GuestEffect.Added,

        (EntryKind.NotGuest, not null) => GuestEffect.Left,

        // The removal of a soft-deleted guest has been told, so there is only something to forget.
        (EntryKind.Outside, GuestState.Live) => GuestEffect.CeasedToCount,
        (EntryKind.Outside, GuestState.SoftDeleted) => GuestEffect.Purged,

        // Without a userType a live guest stays one; a soft-deleted one is back, but as what?
        (EntryKind.TypeAbsent, GuestState.Live) => Compare(entry, known!),
        (EntryKind.TypeAbsent, GuestState.SoftDeleted) => GuestEffect.Ask,
        (EntryKind.TypeAbsent, null) when repeated => GuestEffect.Ask,

        (EntryKind.Removed, GuestState.Live) => GuestEffect.Deleted,
        (EntryKind.Purged, GuestState.Live) => GuestEffect.DeletedForGood,
        (EntryKind.Purged, GuestState.SoftDeleted) => GuestEffect.Purged,

        _ => GuestEffect.None,
    };

    private static GuestEffect Compare(DeltaEntry entry, Guest known) =>
        entry.Digest == known.Digest ? GuestEffect.None : GuestEffect.Updated;
}
