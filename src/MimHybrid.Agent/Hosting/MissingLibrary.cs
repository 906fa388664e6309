using MimHybrid.Mim;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// Why no cycle can ever run on this system. Asked before a single round, which would begin a cycle that can only fail; the agent holds
/// instead, and says the same.
/// </summary>
internal static class MissingLibrary
{
    /// <summary>Null: cycles may run.</summary>
    public static async Task<string?> FindAsync(AgentHost agent, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || agent.Settings.SandboxSyncServer) return null;
        try
        {
            await agent.SyncServer.ListManagementAgentsAsync(cancellationToken);
            return null;
        }
        catch (CimConnectionException e)
        {
            return e.Failure == CimFailure.NoNativeLibrary ? e.Message : null;
        }
    }
}
