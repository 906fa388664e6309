using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Agent.Checks;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph.Requests;
using MimHybrid.Mim;
using MimHybrid.Mim.Client;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.Service;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Agent.Tests.Checks;

/// <summary>A tenant behind real HTTPS and a sync server behind the CIM door, of which a test lets something go wrong before they are examined.</summary>
internal sealed class CheckedServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-check-").FullName;

    private CheckedServer(SandboxTenant tenant, SyncServerOptions options)
    {
        Tenant = tenant;
        Mim = new SandboxSyncServer(options, TimeProvider.System, NullLogger<SandboxSyncServer>.Instance);
        Data = folder;
        Settings = new LoadedSettings(
            new AgentSettings(), GraphSettingsOf.Tenant(tenant), new SyncServerSettings(), new SandboxSettings());
    }

    public SandboxTenant Tenant { get; }

    public SandboxSyncServer Mim { get; }

    public LoadedSettings Settings { get; }

    public string Data { get; set; }

    public ServerFacts? Server { get; set; }

    /// <summary>What the look at the server failed with.</summary>
    public Exception? ServerFault { get; set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<CheckedServer> StartAsync(string target = "ADMA", string type = "Active Directory", params TenantApp[] apps)
    {
        var tenant = await SandboxTenant.StartAsync(new SandboxTenantOptions { Apps = apps }, TimeProvider.System, Token);
        return new CheckedServer(tenant, new SyncServerOptions { Graph = GraphAccess.To(tenant), Target = new(target, type, Guid.NewGuid()) });
    }

    public async Task<IReadOnlyList<Finding>> CheckAsync()
    {
        await using var examined = new CheckContext(new CommonValues(Data, Config: null, Sandbox: false, Rehearsal: null, Set: []), TimeProvider.System)
        {
            Settings = Settings,
            Graph = new GraphConnection(Settings.Graph, TimeProvider.System, Tenant.CreateTrustingHandler),
            SyncServer = new SyncServer(Mim, Settings.SyncServer, TimeProvider.System),
            ServerLook = ServerFault is { } fault ? Task.FromException<ServerFacts?>(fault) : Task.FromResult(Server),
        };
        await CheckRunner.CheckAsync(examined, _ => { }, Token);
        return examined.Findings;
    }

    public async ValueTask DisposeAsync()
    {
        await Mim.DisposeAsync();
        await Tenant.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
