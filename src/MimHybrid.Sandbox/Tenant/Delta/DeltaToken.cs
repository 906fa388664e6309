using System.Text.Json.Serialization;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// What a delta or skip token holds: how far the reader has come, and the query options of the first request, which hold for
/// all that follow (MimHybrid.Graph/README.md#links-are-opaque).
/// </summary>
internal sealed record DeltaToken
{
    /// <summary>The selected properties in the order asked for; empty when nothing was selected.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    /// <summary>The users asked for by <c>$filter</c>; empty for all.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>A first round tells all users that there are; a later one tells changes.</summary>
    public bool FirstRound { get; init; }

    /// <summary>Changes up to this USN are known to the reader.</summary>
    public long Since { get; init; }

    /// <summary>The last USN that this round tells of; 0 until its first page.</summary>
    public long Until { get; init; }

    /// <summary>Where the next page begins, as entry of the log and member in it.</summary>
    public long Usn { get; init; } = 1;

    public int Ordinal { get; init; }

    /// <summary>The pages of this round before the next.</summary>
    public int Page { get; init; }

    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>Tokens of an earlier generation have been declared dead.</summary>
    public int Generation { get; init; }

    [JsonIgnore]
    public LogPosition Position => new(Usn, Ordinal);
}

[JsonSerializable(typeof(DeltaToken))]
[JsonSerializable(typeof(ListToken))]
internal sealed partial class TokenJson : JsonSerializerContext;
