namespace MimHybrid.Store.Rows;

/// <summary>A step at its place in a cycle.</summary>
/// <param name="Position">Its place, from 1 on.</param>
/// <param name="ManagementAgent">The management agent's name.</param>
/// <param name="RunProfile">The run profile's name.</param>
/// <param name="Kind">What the profile does.</param>
public sealed record PlannedStep(int Position, string ManagementAgent, string RunProfile, StepKind Kind);
