namespace MimHybrid.Store.Rows;

/// <summary>What happened to a guest.</summary>
public enum ChangeKind
{
    /// <summary>Invited, or a member turned into a guest.</summary>
    Added,

    /// <summary>A selected property has another value, or the guest ceased to count (<see cref="GuestChange.LeftBecause"/>).</summary>
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
public sealed record GuestChange(string Id, ChangeKind Kind, string? Name, string? Mail, DateTimeOffset DetectedAt)
{
    /// <summary>
    /// Why the guest does not count any more by the settings; null for everything else. Nobody removed them in the tenant, so it is an
    /// update and no removal: MIM, which knows nothing of these settings, deletes nobody for it.
    /// </summary>
    public IgnoredBecause? LeftBecause { get; init; }

    /// <summary>When the guest was invited, UTC, where Graph said it; null for whoever only changed.</summary>
    public DateTimeOffset? InvitedAt { get; init; }

    /// <summary>What happened, for people, before the guest's name: "removed", or "no longer counted (invitation not accepted)".</summary>
    public string Words => LeftBecause is { } reason ? $"no longer counted ({reason.Describe()})" : Kind.ToString().ToLowerInvariant();
}
