using System.Text.Json.Serialization;

namespace MimHybrid.Sandbox.SyncServer.State;

/// <summary>What <c>directory.json</c> holds. People look into it, and may edit it while the sandbox is not running.</summary>
internal sealed record DirectoryDocument
{
    [JsonPropertyName("highestCommittedUSN")]
    public long HighestCommittedUsn { get; init; }

    public IReadOnlyList<DirectoryAccount> Accounts { get; init; } = [];

    public IReadOnlyList<DeletedAccount> Deleted { get; init; } = [];
}

/// <summary>What stays of a deleted account, so that a delta import sees the deletion.</summary>
internal sealed record DeletedAccount(
    [property: JsonPropertyName("objectGUID")] Guid ObjectGuid,
    string DistinguishedName,
    [property: JsonPropertyName("uSNChanged")] long UsnChanged);
