using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.Remote;

namespace MimHybrid.Agent.Settings;

/// <summary>The section <c>Sandbox</c>: how the pretend world behaves.</summary>
internal sealed class SandboxSettings
{
    /// <summary>How long each run of the sandbox's sync server takes beyond its work.</summary>
    public TimeSpan StepDuration { get; set; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Whether guests are invited, changed and deleted by themselves.</summary>
    public bool Story { get; set; } = true;

    /// <summary>
    /// What the sandbox's management agents and their run profiles are called, so that another naming can be tried; rehearsals keep to the
    /// shipped one. Set before the sandbox's first start.
    /// </summary>
    public SandboxNames Names { get; } = new();

    /// <summary>
    /// The pipe at which another process serves the pretend sync server; elsewhere than on Windows the full path of its socket. Empty: it
    /// lives in the agent.
    /// </summary>
    public string? SyncServerPipe { get; set; }

    public IEnumerable<string> Validate() =>
    [
        .. SettingRule.Duration("Sandbox:StepDuration", StepDuration, TimeSpan.Zero, TimeSpan.FromHours(1)),
        .. string.IsNullOrEmpty(SyncServerPipe) || PipedSyncServer.IsName(SyncServerPipe)
            ? Array.Empty<string>()
            : [SettingRule.Wrong("Sandbox:SyncServerPipe", SyncServerPipe, "the name of a pipe, or a full path elsewhere than on Windows")],
    ];
}

/// <summary>Names on the sandbox's sync server.</summary>
internal sealed class SandboxNames
{
    private static readonly RunProfileNames Guide = new();

    /// <summary>The management agent that brings guests.</summary>
    public string Guests { get; set; } = "AADMA";

    /// <summary>The one that keeps their accounts.</summary>
    public string Accounts { get; set; } = "ADMA";

    public string FullImport { get; set; } = Guide.FullImport;

    public string DeltaImport { get; set; } = Guide.DeltaImport;

    public string FullSynchronization { get; set; } = Guide.FullSynchronization;

    public string DeltaSynchronization { get; set; } = Guide.DeltaSynchronization;

    public string Export { get; set; } = Guide.Export;
}
