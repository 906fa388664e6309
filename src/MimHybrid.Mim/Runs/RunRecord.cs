using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// One row of MIIS_RunHistory, which <c>Key</c> names to the provider. The times are UTC; a run that is still going has no end.
/// </summary>
public sealed record RunRecord
{
    public required string Key { get; init; }

    public required string ManagementAgent { get; init; }

    public required int RunNumber { get; init; }

    public required string RunProfile { get; init; }

    public required ResultWord Status { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }
}
