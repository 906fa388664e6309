namespace MimHybrid.Mim.Runs;

/// <summary>What was known just before Execute was called; a run is ours only if it is newer than that.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="LastRunNumber">The number of the agent's last run; 0 if it has no history.</param>
/// <param name="At">By our clock, UTC.</param>
internal sealed record RunStart(RunRequest Request, int LastRunNumber, DateTimeOffset At);
