using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// One step of a run, numbered from 1. Its type is e.g. <c>full-import</c>, <c>apply-rules</c> or <c>export</c>; the times are UTC.
/// </summary>
public sealed record RunStep(int Number, string Type, ResultWord Result, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);
