using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// One row of MIIS_RunHistory, which <c>Key</c> names to the provider. The times are UTC; a run that is still going has no end.
/// </summary>
public sealed record RunRecord(
    string Key,
    string ManagementAgent,
    int RunNumber,
    string RunProfile,
    ResultWord Status,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt);
