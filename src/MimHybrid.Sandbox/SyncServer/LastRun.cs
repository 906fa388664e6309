namespace MimHybrid.Sandbox.SyncServer;

/// <summary>A management agent's newest run.</summary>
/// <param name="ManagementAgent">The agent's name.</param>
/// <param name="RunNumber">Rising by one for each run of the agent.</param>
/// <param name="RunProfile">What was run.</param>
/// <param name="IsGoing">Whether it has yet to end.</param>
public sealed record LastRun(string ManagementAgent, int RunNumber, string RunProfile, bool IsGoing);
