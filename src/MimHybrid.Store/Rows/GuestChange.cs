namespace MimHybrid.Store.Rows;

/// <summary>What happened to a guest.</summary>
public enum ChangeKind
{
    /// <summary>Invited, or a member turned into a guest.</summary>
    Added,

    /// <summary>A selected property has another value.</summary>
    Updated,

    /// <summary>Deleted, or turned into a member.</summary>
    Removed,

    /// <summary>Back from the deleted items.</summary>
    Restored,
}

/// <summary>One guest added, updated, removed or restored, as Graph told us.</summary>
/// <param name="Id">Graph's object id.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Name">The display name as last known; a removal carries none of its own.</param>
/// <param name="Mail">The mail address as last known.</param>
/// <param name="DetectedAt">When the round that showed the change was read, UTC.</param>
public sealed record GuestChange(string Id, ChangeKind Kind, string? Name, string? Mail, DateTimeOffset DetectedAt);
