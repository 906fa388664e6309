namespace MimHybrid.Sandbox.Tenant;

/// <summary>Where a user is in its life.</summary>
public enum UserPresence
{
    Live,

    /// <summary>In the deleted items; can be restored or purged.</summary>
    SoftDeleted,

    /// <summary>Gone for good.</summary>
    Purged,
}

/// <summary>A user of the tenant as it was after one change. Never altered: a change makes a new one.</summary>
/// <param name="Id">The object id, a GUID in text.</param>
/// <param name="Presence">Live, soft-deleted or purged.</param>
/// <param name="Values">
/// The properties ever set, by Graph's name, without the id. A null is a value that was set once and cleared since; a property
/// never set has no key. Delta tells the two apart (MimHybrid.Graph/README.md#how-a-user-appears-on-a-page).
/// </param>
public sealed record TenantUser(string Id, UserPresence Presence, IReadOnlyDictionary<string, string?> Values)
{
    public string? DisplayName => this[UserProperties.DisplayName];

    public string? Mail => this[UserProperties.Mail];

    public string? UserType => this[UserProperties.UserType];

    public string? UserPrincipalName => this[UserProperties.UserPrincipalName];

    public bool IsLive => Presence is UserPresence.Live;

    public bool IsGuest => string.Equals(UserType, "Guest", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of a property, null when cleared or never set.</summary>
    public string? this[string property] => Values.GetValueOrDefault(property);

    internal static TenantUser Blank(string id) => new(id, UserPresence.Live, new Dictionary<string, string?>());

    internal TenantUser After(UserPresence presence, IReadOnlyDictionary<string, string?> changes)
    {
        var values = new Dictionary<string, string?>(Values, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
            values[name] = value;

        return new TenantUser(Id, presence, values);
    }
}
