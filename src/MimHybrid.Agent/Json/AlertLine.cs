namespace MimHybrid.Agent.Json;

/// <summary>One alert, the contract of <c>alerts --json</c>: one alert a line.</summary>
internal sealed record AlertLine
{
    public required long Id { get; init; }

    /// <summary>Which matter it is, e.g. <c>refused/ADMA</c>.</summary>
    public required string Matter { get; init; }

    /// <summary><c>error</c> or <c>warning</c>.</summary>
    public required string Severity { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<string> Details { get; init; }

    public required string Do { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Null while it may still pass by itself.</summary>
    public required DateTimeOffset? ToldAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset? SnoozedUntil { get; init; }

    public required string? SnoozedBy { get; init; }
}
