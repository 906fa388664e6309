namespace MimHybrid.Graph.Guests;

/// <summary>What an entry means for the guests we know: the cells of the table in README.md#what-an-entry-means.</summary>
public enum GuestEffect
{
    /// <summary>A replay, or none of our business.</summary>
    None,

    Added,

    Updated,

    /// <summary>Back from the deleted items.</summary>
    Restored,

    /// <summary>Turned into a member: a removal.</summary>
    Left,

    /// <summary>Turned into a guest who does not count: told as such. Nobody removed them.</summary>
    CeasedToCount,

    /// <summary>Deleted, restorable: remembered, so that the restore and the purge are recognised.</summary>
    Deleted,

    /// <summary>Deleted and not restorable any more.</summary>
    DeletedForGood,

    /// <summary>A guest deleted long ago left the deleted items, or is back but does not count: forgotten; nothing for MIM to do.</summary>
    Purged,

    /// <summary>The entry cannot tell; a read by id can.</summary>
    Ask,
}
