namespace MimHybrid.Cycles.Settings;

/// <summary>
/// What a management agent and its five run profiles are called; the profiles by default as in MIM's guide for guests
/// (MimHybrid.Mim/README.md#the-order-of-run-profiles).
/// </summary>
public sealed record AgentProfiles(string ManagementAgent)
{
    public string FullImport { get; init; } = "Full Import (Stage Only)";

    public string DeltaImport { get; init; } = "Delta Import (Stage Only)";

    public string FullSynchronization { get; init; } = "Full Synchronization";

    public string DeltaSynchronization { get; init; } = "Delta Synchronization";

    public string Export { get; init; } = "Export";
}
