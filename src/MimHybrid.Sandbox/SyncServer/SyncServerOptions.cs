namespace MimHybrid.Sandbox.SyncServer;

/// <summary>How the sandbox's sync server is set up. All but the way to Graph has the values of Microsoft's guide for guests.</summary>
public sealed record SyncServerOptions
{
    public required GraphAccess Graph { get; init; }

    /// <summary>The agent that reads guests.</summary>
    public ManagementAgentOptions Source { get; init; } =
        new("AADMA", "Graph (Microsoft)", new Guid("0A1B2C3D-0000-4000-8000-0000000AADA1"));

    /// <summary>The agent that keeps their accounts.</summary>
    public ManagementAgentOptions Target { get; init; } =
        new("ADMA", "Active Directory", new Guid("0A1B2C3D-0000-4000-8000-00000000AD01"));

    /// <summary>Agents that are there beside them, and that nobody runs.</summary>
    public IReadOnlyList<ManagementAgentOptions> Others { get; init; } = [];

    /// <summary>What the five profiles of each agent are called.</summary>
    public RunProfileNames Profiles { get; init; } = new();

    /// <summary>DOMAIN\user under which runs are written down.</summary>
    public string SecurityId { get; init; } = @"SANDBOX\MIMSyncUser";

    /// <summary>
    /// Whether the keys of the run history have a hyphen before the number. Two pages of Microsoft's say two things, so both can be
    /// asked for (MimHybrid.Mim/README.md#the-run-history).
    /// </summary>
    public bool RunKeysHaveHyphen { get; init; }

    /// <summary>How long a step takes beyond its work.</summary>
    public TimeSpan StepDuration { get; init; }

    /// <summary>Where state outlives the process; null keeps everything in memory.</summary>
    public string? StatePath { get; init; }

    /// <summary>Runs kept in the history, oldest dropped first.</summary>
    public int KeptRuns { get; init; } = 500;
}

/// <summary>One management agent as the provider shows it.</summary>
/// <param name="Name">Its name, the key.</param>
/// <param name="Type">Its display type; administrators' tools tell Graph from Active Directory by it.</param>
/// <param name="Id">Its GUID.</param>
public sealed record ManagementAgentOptions(string Name, string Type, Guid Id);

/// <summary>Run profile names; the defaults are those of the guide (MimHybrid.Mim/README.md#the-order-of-run-profiles).</summary>
public sealed record RunProfileNames
{
    public string FullImport { get; init; } = "Full Import (Stage Only)";

    public string DeltaImport { get; init; } = "Delta Import (Stage Only)";

    public string FullSynchronization { get; init; } = "Full Synchronization";

    public string DeltaSynchronization { get; init; } = "Delta Synchronization";

    public string Export { get; init; } = "Export";
}
