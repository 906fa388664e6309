namespace MimHybrid.Mim.Runs;

/// <summary>One run profile to run.</summary>
/// <param name="ManagementAgent">The management agent's name, e.g. <c>AADMA</c>.</param>
/// <param name="RunProfile">The run profile's name, e.g. <c>Delta Import (Stage Only)</c>.</param>
/// <param name="Synchronizes">
/// Whether the profile synchronizes: then every management agent of the server must be idle before it starts
/// (README.md#what-may-run-together). WMI cannot tell what a profile does, so the caller says it.
/// </param>
public sealed record RunRequest(string ManagementAgent, string RunProfile, bool Synchronizes)
{
    /// <summary>How long it may take before it is stopped; null: <see cref="SyncServerSettings.LongestRun"/>.</summary>
    public TimeSpan? LongestRun { get; init; }

    /// <summary>
    /// Whether a run profile (management agent, profile) synchronizes, as the caller has it from elsewhere; null: it has not. Asked of runs
    /// that others started.
    /// </summary>
    public Func<string, string, bool?> KnownToSynchronize { get; init; } = static (_, _) => null;
}
