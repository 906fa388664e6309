using MimHybrid.Core.Settings;
using MimHybrid.Graph;
using MimHybrid.Mim;

namespace MimHybrid.Agent.Settings;

/// <summary>All settings, valid.</summary>
internal sealed record LoadedSettings(AgentSettings Agent, GraphSettings Graph, SyncServerSettings SyncServer, SandboxSettings Sandbox)
{
    public bool SandboxTenant => Graph.Connection == GraphSide.Sandbox;

    public bool SandboxSyncServer => SyncServer.Connection == SyncServerConnection.Sandbox;
}
