namespace MimHybrid.Mim.Runs;

/// <summary>A run profile as its newest run shows it.</summary>
/// <param name="Name">As the history writes it.</param>
/// <param name="LastRanAt">UTC; null where the history has no time.</param>
/// <param name="Steps">What it does; empty where the details cannot be read.</param>
public sealed record SeenProfile(string Name, DateTimeOffset? LastRanAt, IReadOnlyList<RunStep> Steps);
