namespace MimHybrid.Sandbox.SyncServer.Spaces;

/// <summary>All attributes that the sandbox's rules know, in one record, so that equality answers "has anything changed?".</summary>
internal sealed record PersonAttributes
{
    public string? DisplayName { get; init; }

    public string? Mail { get; init; }

    public string? GivenName { get; init; }

    public string? Surname { get; init; }

    public string? UserPrincipalName { get; init; }

    /// <summary>Graph only: Guest, Member or absent.</summary>
    public string? UserType { get; init; }

    /// <summary>Active Directory only.</summary>
    public string? SamAccountName { get; init; }
}
