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

    /// <summary>Directories that refuse none are left out.</summary>
    public required IReadOnlyList<RefusedLine> Refused { get; init; }

    /// <summary>Why the agent counts as silent although its process is there; null while it gives signs of life, or none runs.</summary>
    public required string? Silence { get; init; }

    /// <summary>The last store that was put aside; null where none ever was.</summary>
    public required RescueLine? Rescue { get; init; }

    /// <summary><c>well</c>, <c>open</c> or <c>cannotTell</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The verdict in one line, for people.</summary>
    public required string Summary { get; init; }

    /// <summary>What waits for a person, the worst first.</summary>
    public required IReadOnlyList<OpenLine> Open { get; init; }
}

/// <summary>Something that waits for a person.</summary>
/// <param name="Id">Which matter it is: the same as long as it is the same matter, whatever its words.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Title">What is the case.</param>
/// <param name="Details">Who is concerned, and what was said about it.</param>
/// <param name="Do">What a person does about it.</param>
/// <param name="Since">Since when; null where nobody knows.</param>
internal sealed record OpenLine(
    string Id, string Severity, string Title, IReadOnlyList<string> Details, string Do, DateTimeOffset? Since);

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

/// <summary>What the directory of a management agent refuses: how many accounts, and those that MIM named.</summary>
internal sealed record RefusedLine(string ManagementAgent, long Count, IReadOnlyList<RefusedAccountLine> Accounts);

/// <summary>An account that a directory refuses.</summary>
internal sealed record RefusedAccountLine(string Name, string Object, string Type, string Detail, DateTimeOffset Since);

/// <summary>A store that could not be used was put aside, and what was saved of it.</summary>
internal sealed record RescueLine(DateTimeOffset At, string Told);

/// <summary>What the agent signs in with.</summary>
internal sealed record CredentialLine(string Kind, DateTimeOffset? ExpiresAt, string? Warning);
