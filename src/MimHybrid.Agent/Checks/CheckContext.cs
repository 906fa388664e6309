using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Graph.Requests;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Client;
using MimHybrid.Store;

namespace MimHybrid.Agent.Checks;

/// <summary>What the checks look at.</summary>
internal sealed class CheckContext(CommonValues options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>A person waits: what does not answer within this is not well.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Not kept where it fails: each check says for itself what it could not see.</summary>
    private readonly Lazy<StoreState?> store = new(
        () => AgentReader.Exists(options.Data) ? AgentReader.Inspect(options.Data) : null, LazyThreadSafetyMode.PublicationOnly);

    private readonly List<Finding> findings = [];
    private readonly Stack<IAsyncDisposable> open = new();
    private ICimConnection? cim;

    public CommonValues Options => options;

    public TimeProvider Time => time;

    /// <summary>Null when they are invalid.</summary>
    public LoadedSettings? Settings { get; init; }

    /// <summary>What is wrong with the settings.</summary>
    public IReadOnlyList<string> SettingsErrors { get; init; } = [];

    /// <summary>Nothing could be read at all: no such file, no JSON.</summary>
    public bool NothingLoaded { get; init; }

    public GraphConnection? Graph { get; set; }

    public SyncServer? SyncServer { get; set; }

    /// <summary>The look at what only Windows has, ended. Where it failed, only the checks that need it say so.</summary>
    public Task<ServerFacts?> ServerLook { get; init; } = Task.FromResult<ServerFacts?>(null);

    /// <summary>What only Windows has; null elsewhere.</summary>
    public ServerFacts? Server => ServerLook.GetAwaiter().GetResult();

    /// <summary>The store; null where there is none. SQLite reads the whole file for it, so that is done once for all checks.</summary>
    /// <exception cref="Store.Faults.StoreException">This account may not look, or the file cannot be opened.</exception>
    public StoreState? Store => store.Value;

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    public void Add(Finding finding) => findings.Add(finding);

    public bool HasFailed(string check) =>
        findings.Exists(finding => finding.Name == check && finding.State is FindingState.Failed or FindingState.Skipped);

    /// <summary>Reads the settings and opens what they lead to; nothing is asked yet.</summary>
    public static async Task<CheckContext> OpenAsync(CommonValues options, TimeProvider time, CancellationToken cancellationToken)
    {
        var server = LookAtServerAsync(cancellationToken);
        await Task.WhenAny(server);
        try
        {
            var (settings, errors) = SettingsLoader.Bind(SettingsLayers.Read(options), options);
            if (errors.Count > 0) return new CheckContext(options, time) { SettingsErrors = errors, ServerLook = server };

            var context = new CheckContext(options, time) { Settings = settings, ServerLook = server };
            await context.ConnectAsync(settings, cancellationToken);
            return context;
        }
        catch (SettingsException e)
        {
            return new CheckContext(options, time) { SettingsErrors = e.Errors, NothingLoaded = true, ServerLook = server };
        }
    }

    private static async Task<ServerFacts?> LookAtServerAsync(CancellationToken cancellationToken) =>
        OperatingSystem.IsWindows() ? await WindowsServer.LookAsync(cancellationToken) : null;

    /// <summary>Shortens the patience of the settings to that of a person.</summary>
    public static void Hurry(LoadedSettings settings)
    {
        if (settings.Graph.RequestTimeout > LongestWait) settings.Graph.RequestTimeout = LongestWait;
        if (settings.SyncServer.AnswerDeadline > LongestWait) settings.SyncServer.AnswerDeadline = LongestWait;
    }

    public async ValueTask DisposeAsync()
    {
        Graph?.Dispose();
        cim?.Dispose();
        while (open.TryPop(out var next)) await next.DisposeAsync();
    }

    private async Task ConnectAsync(LoadedSettings settings, CancellationToken cancellationToken)
    {
        Hurry(settings);

        // A sandbox of its own, gone afterwards: that of the data folder may be in use by an agent. The real thing needs none, nor an
        // account that has a temporary folder.
        var folder = settings.SandboxTenant || settings.SandboxSyncServer ? new ThrowawayFolder() : null;
        if (folder is not null) open.Push(folder);
        var world = await SandboxWorld.StartAsync(
            folder?.Path ?? options.Data, settings, time, NullLoggerFactory.Instance, cancellationToken);
        open.Push(world);
        cim = world.ConnectToSyncServer(settings.SyncServer);
        Graph = new GraphConnection(settings.Graph, time, world.Tenant is { } tenant ? tenant.CreateTrustingHandler : null);
        SyncServer = new SyncServer(cim, settings.SyncServer, time);
    }

    private sealed class ThrowawayFolder : IAsyncDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("mimhybrid-check-").FullName;

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Path, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
