namespace MimHybrid.Store.Rows;

/// <summary>A step that a crash of the agent cut off: whether MIM ran it, and to which end, is yet to be asked.</summary>
/// <param name="Cycle">The cycle.</param>
/// <param name="Sequence">The sequence that it ran.</param>
/// <param name="Position">The step's position in it.</param>
/// <param name="ManagementAgent">The management agent's name.</param>
/// <param name="RunProfile">The run profile's name.</param>
/// <param name="StartedAt">When the agent began it, UTC.</param>
/// <param name="LastRunNumber">The last run of that management agent known before; 0 if none is.</param>
public sealed record CutOffStep(
    long Cycle, string Sequence, int Position, string ManagementAgent, string RunProfile, DateTimeOffset StartedAt, int LastRunNumber);
