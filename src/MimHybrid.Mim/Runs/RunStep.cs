using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// One step of a run, numbered from 1. Its type is e.g. <c>full-import</c>, <c>apply-rules</c> or <c>export</c>; the times are UTC.
/// </summary>
public sealed record RunStep(int Number, string Type, ResultWord Result, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>An import that stages and does no more; one that does not say so synchronizes what it has read (README.md#steps).</summary>
    public bool StagesOnly { get; init; }

    /// <summary>A synchronization of every object, not only of what is pending (README.md#steps).</summary>
    public bool WorksOnEverything { get; init; }

    public bool Synchronizes =>
        Type is "apply-rules" or "full-import-reevaluate-rules" || (Type is "full-import" or "delta-import" && !StagesOnly);

    public bool Exports => Type == "export";
}
