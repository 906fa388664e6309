namespace MimHybrid.Agent.Json;

/// <summary>One guest's story, the contract of <c>guest --json</c>: one guest a line.</summary>
internal sealed record GuestLine
{
    /// <summary>Graph's object id.</summary>
    public required string Id { get; init; }

    /// <summary>The display name as last known.</summary>
    public required string? Name { get; init; }

    /// <summary>The mail address as last known.</summary>
    public required string? Mail { get; init; }

    /// <summary><c>Live</c> or <c>SoftDeleted</c>; null for a guest who is gone.</summary>
    public required string? Tenant { get; init; }

    /// <summary>How far the last change has come.</summary>
    public required string Stage { get; init; }

    /// <summary>The same for people.</summary>
    public required string Summary { get; init; }

    /// <summary>What was said about it.</summary>
    public required string? Detail { get; init; }

    /// <summary>What a person does about it; null where nothing is to do.</summary>
    public required string? Do { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<GuestEventLine> Events { get; init; }
}

/// <summary>One thing that happened.</summary>
internal sealed record GuestEventLine(DateTimeOffset At, string Text, long? Cycle, int? Run);
