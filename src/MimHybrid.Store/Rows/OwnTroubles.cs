namespace MimHybrid.Store.Rows;

/// <summary>What the agent sends beside its work.</summary>
public enum DeliveryKind
{
    Telemetry,
    Report,
}

/// <summary>Something of the agent's that did not get where it should, the last time that it was tried.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Where it should go: an address without its secrets, or a file.</param>
/// <param name="Since">The first time in a row, UTC.</param>
/// <param name="Why">In words, without a full stop.</param>
public sealed record Undelivered(DeliveryKind Kind, string Place, DateTimeOffset Since, string Why);

/// <summary>Messages over a channel that were given up, since the last that arrived there.</summary>
/// <param name="Channel">As in the settings, e.g. <c>Mail:Admins</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Since">When the first was given up, UTC.</param>
/// <param name="Why">What became of the newest.</param>
public sealed record DeadChannel(string Channel, long Count, DateTimeOffset Since, string Why);

/// <summary>A step that runs now, beside how long it takes as a rule.</summary>
/// <param name="ManagementAgent">Of which management agent.</param>
/// <param name="RunProfile">Which run profile.</param>
/// <param name="StartedAt">When the agent asked for it, UTC.</param>
/// <param name="Usual">The median of its newest good runs; null where there are too few.</param>
public sealed record RunningStep(string ManagementAgent, string RunProfile, DateTimeOffset StartedAt, TimeSpan? Usual);

/// <summary>
/// Runs of a management agent that were not the agent's: MIM counts each, and the numbers of the agent's own runs have gaps.
/// </summary>
/// <param name="ManagementAgent">Whose.</param>
/// <param name="Times">How often there were some between two runs of the agent's.</param>
/// <param name="Runs">How many in all.</param>
/// <param name="Since">Before when the first of them ran, UTC.</param>
public sealed record OthersRuns(string ManagementAgent, int Times, long Runs, DateTimeOffset Since);

/// <summary>An agent began to run.</summary>
/// <param name="At">When, UTC.</param>
public sealed record AgentStart(DateTimeOffset At);
