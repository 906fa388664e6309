namespace MimHybrid.Agent.Json;

/// <summary>How the agent is, the contract of <c>status --json</c>.</summary>
internal sealed record StatusLine
{
    public required string State { get; init; }

    public required long Pending { get; init; }

    /// <summary>Kinds without any are left out.</summary>
    public required OrderedDictionary<string, long> PendingByKind { get; init; }

    public required NextLine Next { get; init; }

    public required CycleLine? LastCycle { get; init; }

    public required CursorLine Cursor { get; init; }

    public required ReadingLine? Reading { get; init; }

    public required long Guests { get; init; }

    public required PollsLine Polls { get; init; }

    public required IReadOnlyList<IgnoredLine> Ignored { get; init; }

    public required CredentialLine? Credential { get; init; }
}

/// <summary>What happens next.</summary>
internal sealed record NextLine(string Action, DateTimeOffset? At, string Reason);

/// <summary>The delta link from which the next poll reads.</summary>
internal sealed record CursorLine(DateTimeOffset? ObtainedAt);

/// <summary>How far the tenant has been read as a whole.</summary>
internal sealed record ReadingLine(long Pages, long Users, long Guests);

/// <summary>How the polls go.</summary>
internal sealed record PollsLine(DateTimeOffset? SucceededAt, DateTimeOffset? FailingSince, string? Error);

/// <summary>Guest changes that started nothing.</summary>
internal sealed record IgnoredLine(string Reason, long Count, DateTimeOffset Last);

/// <summary>What the agent signs in with.</summary>
internal sealed record CredentialLine(string Kind, DateTimeOffset? ExpiresAt, string? Warning);
