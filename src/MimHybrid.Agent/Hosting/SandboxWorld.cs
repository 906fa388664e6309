using System.Globalization;
using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Settings;
using MimHybrid.Graph;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.Remote;
using MimHybrid.Sandbox.SyncServer.Service;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// The pretend halves that the settings ask for: a tenant behind real HTTPS, a sync server behind the CIM door, or both. They live in the
/// data folder, so that a crash of the agent leaves the world as it was, as a crash would leave the real one.
/// </summary>
internal sealed partial class SandboxWorld : IAsyncDisposable
{
    public SandboxTenant? Tenant { get; private init; }

    /// <summary>Null where another process has it, and where MIM's own is run.</summary>
    public SandboxSyncServer? SyncServer { get; private init; }

    /// <summary>Who comes and goes in the sandbox's tenant; null where nobody does.</summary>
    public GuestScenario? Scenario { get; private init; }

    /// <summary>Where another process has the pretend sync server; null where none has.</summary>
    private string? Pipe { get; init; }

    public static async Task<SandboxWorld> StartAsync(
        string dataFolder, LoadedSettings settings, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(dataFolder, "sandbox");
        var logger = loggers.CreateLogger<SandboxWorld>();
        var tenant = settings.SandboxTenant ? await StartTenantAsync(folder, time, loggers, cancellationToken) : null;
        if (tenant is not null) PointAt(tenant, settings.Graph);
        var scenario = tenant is not null && (settings.Sandbox.Story || settings.Rehearsal is not null)
            ? new GuestScenario(tenant.Directory, time, act => Log.Act(logger, act))
            : null;
        scenario?.Seed();

        var syncServer = settings.SyncServerWithin ? StartSyncServer(folder, settings, tenant, time, loggers) : null;
        if (syncServer is not null)
            syncServer.Directory.AccountChanged += (_, change) =>
                Log.Account(logger, change.Kind.ToString().ToLowerInvariant(), change.Account.DistinguishedName);
        return new SandboxWorld { Tenant = tenant, SyncServer = syncServer, Scenario = scenario, Pipe = settings.SyncServerPipe };
    }

    /// <summary>The pretend sync server where the settings ask for it, here or in another process, else MIM's own.</summary>
    public ICimConnection ConnectToSyncServer(SyncServerSettings settings) => (SyncServer, Pipe) switch
    {
        ({ } pretend, _) => pretend,
        (_, { } pipe) => new PipedSyncServer(pipe),
        _ => new MicrosoftCimConnection(settings),
    };

    public async ValueTask DisposeAsync()
    {
        if (Tenant is not null) await Tenant.DisposeAsync();
    }

    /// <summary>
    /// The same port as last time where it is free: delta links are whole URLs, and both watchers keep theirs across restarts.
    /// </summary>
    private static async Task<SandboxTenant> StartTenantAsync(
        string folder, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var portFile = Path.Combine(folder, "port");
        var port = File.Exists(portFile)
            && int.TryParse(await File.ReadAllTextAsync(portFile, cancellationToken), CultureInfo.InvariantCulture, out var last)
                ? last
                : 0;
        var options = new SandboxTenantOptions
        {
            Port = port,
            JournalPath = Path.Combine(folder, "tenant.jsonl"),
            Logger = loggers.CreateLogger<SandboxTenant>()
        };
        SandboxTenant tenant;
        try
        {
            tenant = await SandboxTenant.StartAsync(options, time, cancellationToken);
        }
        catch (IOException) when (port != 0)
        {
            tenant = await SandboxTenant.StartAsync(options with { Port = 0 }, time, cancellationToken);
        }

        await File.WriteAllTextAsync(portFile, tenant.GraphBaseUrl.Port.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return tenant;
    }

    private static void PointAt(SandboxTenant tenant, GraphSettings graph)
    {
        graph.BaseUrl = tenant.GraphBaseUrl.ToString();
        graph.AuthorityHost = tenant.AuthorityHost.ToString();
        graph.TenantId = tenant.TenantId;
        graph.ClientId = tenant.ClientId;
        graph.ClientSecret = tenant.ClientSecret;
        graph.CertificateThumbprint = graph.CertificateSubject = null;
        graph.ClientSecretExpires = null;
        graph.ManagedIdentity = false;
        graph.Proxy = null;
    }

    private static SandboxSyncServer StartSyncServer(
        string folder, LoadedSettings settings, SandboxTenant? tenant, TimeProvider time, ILoggerFactory loggers)
    {
        var endpoints = GraphEndpoints.From(settings.Graph);
        var graph = new GraphAccess
        {
            BaseUrl = new Uri(endpoints.Root),
            AuthorityHost = endpoints.Authority,
            TenantId = settings.Graph.TenantId,
            ClientId = settings.Graph.ClientId,
            ClientSecret = settings.Graph.ClientSecret!,
            HandlerFactory = tenant is null ? () => new SocketsHttpHandler() : tenant.CreateTrustingHandler,
        };
        return new SandboxSyncServer(OptionsOf(settings.Sandbox, graph, folder), time, loggers.CreateLogger<SandboxSyncServer>());
    }

    private static SyncServerOptions OptionsOf(SandboxSettings settings, GraphAccess graph, string folder)
    {
        var names = settings.Names;
        var options = new SyncServerOptions { Graph = graph, StatePath = folder, StepDuration = settings.StepDuration };
        return options with
        {
            Source = options.Source with { Name = names.Guests },
            Target = options.Target with { Name = names.Accounts },
            Profiles = new RunProfileNames
            {
                FullImport = names.FullImport,
                DeltaImport = names.DeltaImport,
                FullSynchronization = names.FullSynchronization,
                DeltaSynchronization = names.DeltaSynchronization,
                Export = names.Export,
            },
        };
    }

    private static partial class Log
    {
        [LoggerMessage(4100, LogLevel.Information, "Tenant: {Act}")]
        public static partial void Act(ILogger logger, string act);

        [LoggerMessage(4101, LogLevel.Information, "Directory: {Change} {DistinguishedName}")]
        public static partial void Account(ILogger logger, string change, string distinguishedName);
    }
}
