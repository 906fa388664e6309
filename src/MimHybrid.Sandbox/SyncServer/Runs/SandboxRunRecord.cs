using System.Text.Json.Serialization;

namespace MimHybrid.Sandbox.SyncServer.Runs;

/// <summary>One run in the history. Profiles have one step, so the step's facts are the run's.</summary>
internal sealed record SandboxRunRecord
{
    public required Guid AgentId { get; init; }

    public required string AgentName { get; init; }

    /// <summary>Rising by one per agent, also after the history was cleared.</summary>
    public required int RunNumber { get; init; }

    public required string RunProfile { get; init; }

    public required SandboxStepKind Step { get; init; }

    public required Guid StepId { get; init; }

    /// <summary>DOMAIN\user who started it.</summary>
    public required string SecurityId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    public bool IsGoing => EndedAt is null;

    public string Status { get; init; } = SandboxResultWords.InProgress;

    public StepReport Report { get; init; } = new();

    /// <summary>The how-manieth export of the agent, and the last one without a failure, as of this run.</summary>
    public ExportCount Exports { get; init; } = new(0, 0);
}

internal sealed record ExportCount(int Current, int LastSuccessful);
