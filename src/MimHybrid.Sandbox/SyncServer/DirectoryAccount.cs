using System.Text.Json.Serialization;

namespace MimHybrid.Sandbox.SyncServer;

/// <summary>An account in the pretend Active Directory. The names in its file are Active Directory's.</summary>
public sealed record DirectoryAccount
{
    public required string DistinguishedName { get; init; }

    /// <summary>Given by the directory.</summary>
    [JsonPropertyName("objectGUID")]
    public Guid ObjectGuid { get; init; }

    [JsonPropertyName("sAMAccountName")]
    public string? SamAccountName { get; init; }

    public string? UserPrincipalName { get; init; }

    public string? DisplayName { get; init; }

    public string? GivenName { get; init; }

    [JsonPropertyName("sn")]
    public string? Surname { get; init; }

    public string? Mail { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset WhenCreated { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset WhenChanged { get; init; }

    /// <summary>The directory's change number of the last change: what delta imports go by.</summary>
    [JsonPropertyName("uSNChanged")]
    public long UsnChanged { get; init; }
}
