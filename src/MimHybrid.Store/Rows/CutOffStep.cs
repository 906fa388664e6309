namespace MimHybrid.Store.Rows;

/// <summary>A step that a crash of the agent cut off: whether MIM ran it, and to which end, is yet to be asked.</summary>
public sealed record CutOffStep
{
    public required long Cycle { get; init; }

    /// <summary>The sequence that the cycle ran.</summary>
    public required string Sequence { get; init; }

    /// <summary>The step's position in it.</summary>
    public required int Position { get; init; }

    public required string ManagementAgent { get; init; }

    public required string RunProfile { get; init; }

    /// <summary>When the agent began it, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The last run of that management agent known before; 0 if none is.</summary>
    public required int LastRunNumber { get; init; }
}
