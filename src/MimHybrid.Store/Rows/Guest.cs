namespace MimHybrid.Store.Rows;

public enum GuestState
{
    Live,

    /// <summary>In the tenant's deleted items, restorable for about 30 days.</summary>
    SoftDeleted,
}

/// <summary>A guest the agent knows. Kept so that an entry that only says "removed: id" can be recognised.</summary>
/// <param name="Id">Graph's object id.</param>
/// <param name="State">Live or soft-deleted.</param>
/// <param name="Digest">A digest of the selected values: equal digests mean that nothing the administrator selected changed.</param>
/// <param name="Name">Display name, for the run log.</param>
/// <param name="Mail">Mail address, for the run log.</param>
/// <param name="Since">Since when the guest is in this state, UTC.</param>
public sealed record Guest(string Id, GuestState State, string Digest, string? Name, string? Mail, DateTimeOffset Since);
