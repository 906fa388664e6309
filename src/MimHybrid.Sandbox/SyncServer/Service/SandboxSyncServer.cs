using Microsoft.Extensions.Logging;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer.Engine;
using MimHybrid.Sandbox.SyncServer.Graph;
using MimHybrid.Sandbox.SyncServer.Provider;
using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.State;

namespace MimHybrid.Sandbox.SyncServer.Service;

/// <summary>
/// A MIM 2016 synchronization service to try things on: two agents, guests from Graph to accounts in a pretend directory, seen through
/// MIM's WMI provider. It keeps the contract in README.md#the-contract-of-the-synchronization-service.
/// </summary>
public sealed partial class SandboxSyncServer : ICimConnection, IAsyncDisposable
{
    private readonly SyncServerState state;
    private readonly GraphUserReader graph;
    private readonly RunDispatcher dispatcher;
    private readonly ProviderClasses classes;
    private readonly ProviderMethods methods;
    private readonly ILogger logger;

    /// <exception cref="InvalidDataException">A file in the state folder is there and cannot be understood.</exception>
    public SandboxSyncServer(SyncServerOptions options, TimeProvider time, ILogger<SandboxSyncServer> logger)
    {
        this.logger = logger;
        var folder = options.StatePath is { } path ? new StateFolder(path, logger) : null;
        state = new SyncServerState(options, folder?.LoadServer() ?? new SyncServerDocument());
        Directory = new SandboxDirectory(folder?.LoadDirectory() ?? new DirectoryDocument(), time);

        graph = new GraphUserReader(options.Graph, time);
        var errors = new ErrorShelf(options.StatePath is { } shelf ? Path.Combine(shelf, "run-errors") : null);
        var book = new RunBook(state, errors, folder, Directory, time, logger);
        var engine = new RunProfileEngine(state, graph, new DirectoryConnector(Directory), time);
        dispatcher = new RunDispatcher(state, engine, book, Script, options, time);
        classes = new ProviderClasses(state, options.RunKeysHaveHyphen);
        methods = new ProviderMethods(state, dispatcher, graph, book, new RunDetailsXml(options, errors), classes);

        book.CloseCutOff();
        Directory.AccountChanged += (_, change) =>
        {
            if (change.ByHand)
                book.Save();
        };
    }

    /// <summary>The accounts.</summary>
    public SandboxDirectory Directory { get; }

    /// <summary>What is to go wrong.</summary>
    public SyncServerScript Script { get; } = new();

    /// <summary>Each agent's newest run, as the service itself knows it, whatever the script lets others see.</summary>
    public IReadOnlyList<LastRun> LastRuns
    {
        get
        {
            lock (state.Gate)
            {
                return
                [
                    .. state.Agents.Select(managementAgent => state.History.LastOf(managementAgent.Identity.Id)).OfType<SandboxRunRecord>()
                        .Select(run => new LastRun(run.AgentName, run.RunNumber, run.RunProfile, IsGoing: run.EndedAt is null)),
                ];
            }
        }
    }

    /// <summary>Nothing waits for a synchronization, an export or its confirmation, save what the directory has refused.</summary>
    public bool IsSettled
    {
        get
        {
            lock (state.Gate)
                return state.Agents.All(managementAgent => managementAgent.Space.Objects.All(known => !known.IsWaiting));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Script.ThrowIfRefused();
        return Task.FromResult(classes.Query(wql));
    }

    /// <inheritdoc/>
    public async Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Script.ThrowIfRefused();
        return Script.AnswersMethods(out var word) ? await methods.InvokeAsync(target, method, arguments, cancellationToken) : word;
    }

    /// <summary>Somebody else starts a run now; the task ends with its result word.</summary>
    /// <exception cref="ArgumentException">There is no such management agent.</exception>
    public Task<string> StartForeignRunAsync(ForeignRun foreign) => dispatcher.StartForeignAsync(foreign);

    /// <summary>The service stops: runs end with <c>stopped-service-shutdown</c>, calls fail as unreachable until it is started.</summary>
    /// <param name="cutsCalls">Whether calls of Execute that are under way break off instead of returning that word.</param>
    public async Task StopServiceAsync(bool cutsCalls = false)
    {
        Script.RefuseCalls(CimFailure.Unreachable);
        await dispatcher.StopAllAsync(cutsCalls);
        Log.ServiceStopped(logger);
    }

    /// <summary>The service starts after <see cref="StopServiceAsync"/>.</summary>
    public void StartService()
    {
        Script.AnswerCalls();
        Log.ServiceStarted(logger);
    }

    /// <summary>The service restarts: runs end with <c>stopped-service-shutdown</c>, everything else is as it was.</summary>
    /// <inheritdoc cref="StopServiceAsync" path="/param"/>
    public async Task RestartServiceAsync(bool cutsCalls = false)
    {
        await StopServiceAsync(cutsCalls);
        StartService();
    }

    /// <summary>Ends the runs in flight without waiting for them.</summary>
    public void Dispose()
    {
        _ = dispatcher.StopAllAsync();
        graph.Dispose();
    }

    /// <summary>Ends the runs in flight and waits until their end is saved.</summary>
    public async ValueTask DisposeAsync()
    {
        await dispatcher.StopAllAsync();
        graph.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(5120, LogLevel.Information, "Sandbox: the sync server's service stopped.")]
        public static partial void ServiceStopped(ILogger logger);

        [LoggerMessage(5121, LogLevel.Information, "Sandbox: the sync server's service started.")]
        public static partial void ServiceStarted(ILogger logger);
    }
}
