using System.Text.Json.Serialization;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Json;

/// <summary>
/// A step within the record of a cycle that telemetry sends. Space is dear there, so what it does not have is left out. Its errors are
/// counted and not listed: they name people's accounts.
/// </summary>
internal sealed record SentStep
{
    public required int Position { get; init; }

    public required string ManagementAgent { get; init; }

    public required string RunProfile { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Result { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required int? RunNumber { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required double? Seconds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? SkippedBecause { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public required long ErrorCount { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required StepCounters? Counters { get; init; }

    public static SentStep Of(StepRecord step) => new()
    {
        Position = step.Position,
        ManagementAgent = step.ManagementAgent,
        RunProfile = step.RunProfile,
        Result = step.Result,
        RunNumber = step.RunNumber,
        Seconds = step.EndedAt - step.StartedAt is { } took ? Math.Round(took.TotalSeconds, 1) : null,
        SkippedBecause = step.SkippedBecause,
        ErrorCount = step.ErrorCount,
        Counters = step.Counters,
    };
}

/// <summary>A decision within the record of a cycle that telemetry sends.</summary>
internal sealed record SentDecision(int Step, string Text);

/// <summary>A guest within the record of a cycle that telemetry sends.</summary>
internal sealed record SentGuest(string Kind, string? Name, string? Mail);
