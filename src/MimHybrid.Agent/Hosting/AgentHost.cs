using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.WindowsServices;
using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Telemetry;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Running;
using MimHybrid.Cycles.Upkeep;
using MimHybrid.Graph;
using MimHybrid.Graph.Polling;
using MimHybrid.Graph.Requests;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Client;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Hosting;

/// <summary>The composition: everything the agent consists of, put together once, read from top to bottom.</summary>
internal sealed partial class AgentHost : IAsyncDisposable
{
    private readonly IHost host;
    private readonly SandboxWorld world;
    private readonly ILoggerProvider log;

    private AgentHost(IHost host, SandboxWorld world, ILoggerProvider log, LoadedSettings settings, TimeProvider time) =>
        (this.host, this.world, this.log, Settings, Time) = (host, world, log, settings, time);

    public LoadedSettings Settings { get; }

    public TimeProvider Time { get; }

    private ILogger Logger => host.Services.GetRequiredService<ILogger<AgentHost>>();

    public RequestStore Requests => host.Services.GetRequiredService<RequestStore>();

    public CycleDecider Decider => host.Services.GetRequiredService<CycleDecider>();

    public SyncServer SyncServer => host.Services.GetRequiredService<SyncServer>();

    /// <summary>Reads the planner's snapshot, as of now.</summary>
    public Func<AgentSnapshot> Look => host.Services.GetRequiredService<Func<AgentSnapshot>>();

    public CyclePlanner Planner => host.Services.GetRequiredService<CyclePlanner>();

    public CycleLoop Loop => host.Services.GetRequiredService<CycleLoop>();

    /// <summary>Null where nobody asked for one.</summary>
    public ReportWriter? Report => host.Services.GetService<ReportWriter>();

    public GuestChangePoller Poller => host.Services.GetRequiredService<GuestChangePoller>();

    /// <summary>
    /// Opens the store, closes what a crash cut off, and starts the sandbox's halves. Nothing polls and nothing runs yet.
    /// </summary>
    public static async Task<AgentHost> StartAsync(
        DataFolder folder, LoadedSettings settings, ILoggerProvider log, TimeProvider time, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        var store = AgentStore.Open(
            folder.Path, settings.Agent.ChosenChanges, time, new MigrationLines(time, loggers.CreateLogger<MigrationLines>()));
        DataFolder.Claim(store, settings);
        store.RecordHolder(new Holder(Environment.ProcessId, CurrentAccount.Name, time.GetUtcNow()));
        var bootedAt = BootClock.BootedAt(time);
        if (store.Requests.WithdrawOpenForcedRuns(time.GetUtcNow()) is > 0 and var withdrawn)
            Log.Withdrawn(loggers.CreateLogger<AgentHost>(), withdrawn);
        store.Requests.WithdrawOpenStops(time.GetUtcNow());
        var world = await SandboxWorld.StartAsync(folder.Path, settings, time, loggers, cancellationToken);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.Warning);
        if (settings is not { SandboxTenant: true, SandboxSyncServer: true } && EventLogLines.OfThisServer() is { } events)
            builder.Logging.AddProvider(events);
        builder.Services
            .AddSingleton(time)
            .AddSingleton(_ => store) // for the container to dispose of; everybody else gets a part
            .AddSingleton(_ => store.Guests)
            .AddSingleton(_ => store.Cycles)
            .AddSingleton(_ => store.Requests)
            .AddSingleton(_ => store.Reader)
            .AddSingleton<Func<AgentSnapshot>>(() => store.Reader.ReadSnapshot(bootedAt))
            .AddSingleton(settings.Agent).AddSingleton(settings.SyncServer)
            .AddSingleton(new CyclePlanner(settings.Agent, time.LocalTimeZone))
            .AddSingleton(_ => new GraphConnection(settings.Graph, time, world.Tenant is { } tenant ? tenant.CreateTrustingHandler : null))
            .AddSingleton(_ => world.ConnectToSyncServer(settings.SyncServer))
            .AddSingleton(services => new SyncServer(
                services.GetRequiredService<ICimConnection>(),
                settings.SyncServer,
                time,
                settings.SandboxSyncServer ? null : ApplicationEventLog.Of(settings.SyncServer)))
            .AddSingleton<CycleRunner>()
            .AddSingleton<RunHistoryCleaner>()
            .AddSingleton<RunLogTrimmer>()
            .AddSingleton<CycleDecider>()
            .AddSingleton<CycleLoop>()
            .AddSingleton(services => ActivatorUtilities.CreateInstance<GraphDeltaTrigger>(services))
            .AddSingleton<GuestChangePoller>().AddHostedService(services => services.GetRequiredService<GuestChangePoller>())
            .AddHostedService<CycleService>()
            .AddAlerts(new AlertPlace(settings, store, world))
            .AddReport(settings, time)
            .AddSingleton<ProgressLine>().AddHostedService(services => services.GetRequiredService<ProgressLine>())
            .AddSingleton<IHostLifetime, DeafLifetime>()
            .Configure<HostOptions>(options => options.ShutdownTimeout = BackgroundServices.LongestShutdown(settings.SyncServer));
        if (world.Tenant is not null || world.SyncServer is not null)
            builder.Services.AddSingleton(world).AddSingleton(settings).AddHostedService<SandboxStory>();

        if (OperatingSystem.IsWindows() && WindowsServiceHelpers.IsWindowsService())
            builder.Services.AddSingleton<IHostLifetime, ServiceLifetime>();

        var agent = new AgentHost(builder.AddTelemetry(settings, folder.Path, bootedAt).Build(), world, log, settings, time);
        (log as ConsoleLines)?.TellLossTo(agent.host.Services.GetRequiredService<ILogger<ConsoleLines>>());
        if (store.Loss is { } loss) Log.StoreLost(agent.Logger, loss);
        agent.host.Services.StartTelemetry(agent.Loop);
        agent.Loop.AbandonRunningCycles();
        return agent;
    }

    /// <summary>
    /// Runs the agent until it is cancelled, the limit has passed, or one of its loops has ended by a fault. Returns the exit code.
    /// </summary>
    public async Task<int> RunAsync(TimeSpan? limit, CancellationToken cancelled)
    {
        using var limited = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, Time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancelled, limited.Token);

        using var told = cancelled.Register(() => Log.Stopping(Logger));
        var store = host.Services.GetRequiredService<AgentStore>();
        var start = new StartNote(store, Time.GetUtcNow());
        Log.Started(Logger, Product.Version, CurrentAccount.Name, store.Path, Settings.Watched, Settings.Served);
        await host.StartAsync(CancellationToken.None);

        // The framework ends a host of which a service dies only once it has logged that; what logs must not decide it.
        var shutdown = host.WaitForShutdownAsync(ended.Token);
        if (await Task.WhenAny(shutdown, BackgroundServices.WhenOneDies(host.Services)) != shutdown)
            host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await shutdown;

        var regular = cancelled.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Done;
        var code = BackgroundServices.HaveDied(host.Services) ? ExitCode.Fatal : regular;
        if (code != ExitCode.Fatal) start.TakeBack();
        Log.Ended(Logger, code);
        return code;
    }

    /// <summary>
    /// Does a part of one round with the moving line below it, where there is a terminal. What is said afterwards stays whole.
    /// </summary>
    public async Task<T> WithProgressAsync<T>(Func<Task<T>> work)
    {
        var line = host.Services.GetRequiredService<ProgressLine>();
        await line.StartAsync(CancellationToken.None);
        try
        {
            return await work();
        }
        finally
        {
            await line.StopAsync(CancellationToken.None);
            SettleLog();
        }
    }

    /// <summary>Writes what the log has said so far, if its output takes it: what is said directly afterwards stands below it.</summary>
    public void SettleLog() => (log as ConsoleLines)?.Settle();

    public async ValueTask DisposeAsync()
    {
        host.Dispose();
        await world.DisposeAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(4011, LogLevel.Information,
            "Stopping: a step in progress may end within SyncServer:StopGrace, then MIM is asked to stop it. A second Ctrl+C ends at "
                + "once; the run then goes on in MIM")]
        public static partial void Stopping(ILogger logger);

        [LoggerMessage(4015, LogLevel.Critical, "{Loss}")]
        public static partial void StoreLost(ILogger logger, StoreLoss loss);

        [LoggerMessage(4012, LogLevel.Warning, "{Count} forced requests from before this start were withdrawn: nobody waits for "
            + "them any more")]
        public static partial void Withdrawn(ILogger logger, int count);

        [LoggerMessage(4013, LogLevel.Information, "Ended with exit code {Code}")]
        public static partial void Ended(ILogger logger, int code);

        [LoggerMessage(4010, LogLevel.Information,
            "MimHybrid {Version} as {Account}, store {Store}; watching {Tenant}, running {SyncServer}")]
        public static partial void Started(ILogger logger, string version, string account, string store, string tenant, string syncServer);
    }
}
