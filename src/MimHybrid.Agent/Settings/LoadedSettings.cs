using MimHybrid.Alerts.Settings;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph;
using MimHybrid.Mim;
using MimHybrid.Sandbox.Rehearsals;

namespace MimHybrid.Agent.Settings;

/// <summary>All settings, valid.</summary>
internal sealed record LoadedSettings(AgentSettings Agent, GraphSettings Graph, SyncServerSettings SyncServer, SandboxSettings Sandbox)
{
    /// <summary>What is to go wrong in the sandbox; null for its ordinary story.</summary>
    public Rehearsal? Rehearsal { get; init; }

    public TelemetrySettings Telemetry { get; } = new();

    public AlertSettings Alerts { get; } = new();

    public bool SandboxTenant => Graph.Connection == GraphSide.Sandbox;

    public bool SandboxSyncServer => SyncServer.Connection == SyncServerConnection.Sandbox;

    /// <summary>Where another process serves the sandbox's sync server; null: it lives in the agent, or is MIM's own.</summary>
    public string? SyncServerPipe => SandboxSyncServer && !string.IsNullOrEmpty(Sandbox.SyncServerPipe) ? Sandbox.SyncServerPipe : null;

    /// <summary>The sandbox's sync server lives in the agent, and ends with it.</summary>
    public bool SyncServerWithin => SandboxSyncServer && SyncServerPipe is null;

    /// <summary>How much shorter the alerts' waits are: in the sandbox a begin and an end fit into a rehearsal.</summary>
    public double AlertScale => SandboxTenant && SandboxSyncServer ? 1.0 / 60 : 1;

    /// <summary>For people: which tenant is watched.</summary>
    public string Watched => SandboxTenant ? "the sandbox's tenant" : $"tenant {Graph.TenantId}";

    /// <summary>For people: whose run profiles are run.</summary>
    public string Served => SandboxSyncServer
        ? "the sandbox's sync server"
        : $"MIM on {(string.IsNullOrEmpty(SyncServer.ComputerName) ? "this server" : SyncServer.ComputerName)}";
}
