using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Delta;

/// <summary>
/// What an entry of a delta page says about a user. Only userType decides (README.md#who-is-a-guest). In the order of what is believed
/// where entries contradict each other and the user cannot be asked for: a guest, before anything that would remove one.
/// </summary>
public enum EntryKind
{
    Guest,

    /// <summary>A live user without the property userType: what the user is, the entry does not say.</summary>
    TypeAbsent,

    /// <summary>A live user whose userType is null or anything but Guest.</summary>
    NotGuest,

    /// <summary>A guest who does not count: the settings ask for others (<see cref="GuestFilter"/>).</summary>
    Outside,

    /// <summary>Removed, and restorable as far as the entry says: the reason is "changed", missing or unknown.</summary>
    Removed,

    /// <summary>Removed for good: the reason is "deleted".</summary>
    Purged,
}

/// <summary>One entry of a delta page, as far as the agent needs it; most are of members, and those are kept small.</summary>
/// <param name="Id">Graph's object id.</param>
/// <param name="Kind">What the entry says.</param>
/// <param name="Details">What else it says, if the user may be a guest.</param>
public readonly record struct DeltaEntry(string Id, EntryKind Kind, GuestDetails? Details = null)
{
    /// <summary>Why a guest does not count.</summary>
    public IgnoredBecause? Outside { get; init; }

    /// <summary>Empty unless the user may be a guest.</summary>
    public string Digest => Details?.Digest ?? "";

    public string? Name => Details?.Name;

    public string? Mail => Details?.Mail;
}

/// <summary>What an entry says of a user who may be a guest.</summary>
/// <param name="Digest">A digest of the selected values.</param>
/// <param name="Name">The display name.</param>
/// <param name="Mail">The mail address.</param>
/// <param name="CreatedAt">When the user came into the tenant, UTC: of a guest, when the invitation was made. Null where it is not
/// selected.</param>
public sealed record GuestDetails(string Digest, string? Name = null, string? Mail = null, DateTimeOffset? CreatedAt = null);
