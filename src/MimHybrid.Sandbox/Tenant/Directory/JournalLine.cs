using System.Text.Json.Serialization;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>The journal's first line: who the tenant is, so that credentials and delta links outlive the process.</summary>
/// <param name="TenantId">The directory's id.</param>
/// <param name="ClientId">The first application's id.</param>
/// <param name="ClientSecret">Its secret; it opens nothing but this sandbox.</param>
/// <param name="Key">The key that seals tokens, base64.</param>
internal sealed record TenantIdentity(string TenantId, string ClientId, string ClientSecret, string Key)
{
    /// <summary>The layout of the lines that follow.</summary>
    public int Version { get; init; } = 1;

    /// <summary>
    /// The change up to which changes were merged into fewer (<see cref="Compaction"/>): up to there numbers may be missing.
    /// </summary>
    public long CompactedTo { get; init; }
}

/// <summary>One change in the journal: a user's new values and presence, or a number of members.</summary>
internal sealed record JournalLine
{
    public long Usn { get; init; }

    public DateTimeOffset At { get; init; }

    public string Id { get; init; } = "";

    public UserPresence Presence { get; init; }

    /// <summary>What changed; null is a value that was cleared.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();

    public int? Members { get; init; }
}

[JsonSerializable(typeof(TenantIdentity))]
[JsonSerializable(typeof(JournalLine))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
internal sealed partial class JournalJson : JsonSerializerContext;
