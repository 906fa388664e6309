using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Json;

/// <summary>One step of a cycle.</summary>
internal sealed record StepLine
{
    public required string ManagementAgent { get; init; }

    public required string RunProfile { get; init; }

    public required string? Result { get; init; }

    public required int? RunNumber { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required string? SkippedBecause { get; init; }

    /// <summary>Without any where they are not known.</summary>
    public required StepCounters Counters { get; init; }

    public required IReadOnlyList<StepError> Errors { get; init; }

    public required long ErrorCount { get; init; }

    public required string? Advice { get; init; }

    public static StepLine Of(StepRecord step) => new()
    {
        ManagementAgent = step.ManagementAgent,
        RunProfile = step.RunProfile,
        Result = step.Result,
        RunNumber = step.RunNumber,
        StartedAt = step.StartedAt,
        EndedAt = step.EndedAt,
        SkippedBecause = step.SkippedBecause,
        Counters = step.Counters ?? new StepCounters(),
        Errors = step.Errors,
        ErrorCount = step.ErrorCount,
        Advice = step.Advice,
    };
}
