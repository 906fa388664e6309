using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Agent.Hosting;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Running;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph;
using MimHybrid.Graph.Polling;
using MimHybrid.Graph.Requests;
using MimHybrid.Mim;
using MimHybrid.Mim.Client;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.Service;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Benchmarks.Latency;

/// <summary>
/// The agent's own loops on a store on disk, between a tenant behind HTTPS and the sandbox's sync server, in real time. Timers are off, so
/// that each cycle is of the change, or of the force, that is being measured.
/// </summary>
internal sealed class LatencyScene : IAsyncDisposable
{
    /// <summary>Only so that fifty changes do not take fifty minutes: the wait for the poll is half of the interval, whatever it is.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource stop = new();
    private readonly MeterListener changes = new();
    private readonly SandboxTenant tenant;
    private readonly SandboxSyncServer server;
    private readonly AgentStore store;
    private readonly DataFolder held;
    private readonly GraphConnection graph;
    private readonly GuestChangePoller poller;
    private readonly CycleLoop loop;
    private Task? running;
    private Moments? moments;
    private int invited;

    private LatencyScene(SandboxTenant tenant, TimeSpan step)
    {
        this.tenant = tenant;
        Folder = Directory.CreateTempSubdirectory("mimhybrid-latency-").FullName;
        held = DataFolder.TryLock(Folder)!; // as the agent does: a command in another process looks whether anybody has it
        store = AgentStore.Open(Folder);
        store.RecordHolder(new Holder(Environment.ProcessId, "benchmark", Now));
        var access = TenantAccess.Of(tenant);
        graph = new GraphConnection(
            access.Settings(BaselineChoice.Delta), TimeProvider.System, () => new WatchedWay(access.CreateHandler(), () => moments));
        var options = new SyncServerOptions { Graph = GraphAccess.To(tenant), StepDuration = step };
        server = new SandboxSyncServer(options, TimeProvider.System, NullLogger<SandboxSyncServer>.Instance);
        var (settings, time) = (Settings(), TimeProvider.System);
        var trigger = new GraphDeltaTrigger(graph, store.Guests, time, NullLogger<GraphDeltaTrigger>.Instance);
        poller = new GuestChangePoller(trigger, store.Guests, settings, time, NullLogger<GuestChangePoller>.Instance);
        var client = new SyncServer(new WatchedDoor(server, () => moments), new SyncServerSettings(), time);
        var runner = new CycleRunner(store.Cycles, client, settings, time, NullLogger<CycleRunner>.Instance);
        var decider = new CycleDecider(
            Look, new CyclePlanner(settings, TimeZoneInfo.Utc), store.Cycles, store.Requests, time, NullLogger<CycleDecider>.Instance);
        loop = new CycleLoop(decider, runner, store.Reader, store.Requests, time, NullLogger<CycleLoop>.Instance);
    }

    public string Folder { get; }

    /// <summary>When the request that was looked at last had been written down: in the asking process, right before its commit.</summary>
    public DateTimeOffset? RequestedAt { get; private set; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <param name="step">How long each run profile takes beyond its work.</param>
    public static async Task<LatencyScene> StartAsync(TimeSpan step)
    {
        var tenant = await SandboxTenant.StartAsync(new SandboxTenantOptions(), TimeProvider.System, CancellationToken.None);
        var scene = new LatencyScene(tenant, step);
        scene.Listen();
        await scene.poller.StartAsync(CancellationToken.None);
        await scene.poller.FirstPoll;
        scene.running = scene.loop.RunAsync(_ => Task.FromResult(false), scene.stop.Token);
        return scene;
    }

    /// <summary>A guest is invited, at any time between two polls; returns when the cycle that carries the guest has ended.</summary>
    public async Task<Moments> InviteAsync(Random random)
    {
        await Task.Delay(PollInterval * random.NextDouble(), TimeProvider.System);
        return await CycleAsync(() =>
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"guest{++invited}");
            tenant.Directory.Invite(name, $"{name}@fabrikam.example");
        });
    }

    /// <summary>Does something that leads to a cycle; returns when that has ended.</summary>
    public async Task<Moments> CycleAsync(Action cause)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(object? sender, CycleEndedEventArgs cycle)
        {
            moments?.Ends();
            ended.TrySetResult();
        }

        loop.CycleEnded += End;
        var seen = moments = new Moments();
        cause();
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        loop.CycleEnded -= End;
        moments = null;
        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (running is not null) await running;
        await poller.StopAsync(CancellationToken.None);
        poller.Dispose();
        changes.Dispose();
        graph.Dispose();
        server.Dispose();
        store.Dispose();
        held.Dispose();
        await tenant.DisposeAsync();
        stop.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static AgentSettings Settings()
    {
        var settings = new AgentSettings { BootDelay = TimeSpan.Zero, ShortestPause = TimeSpan.Zero };
        foreach (var (_, function) in settings.Functions)
        {
            if (function.Trigger == TriggerKind.Timer) function.Enabled = false;
            (function.PollInterval, function.SettleTime) = (PollInterval, TimeSpan.Zero);
        }

        return settings;
    }

    /// <summary>The agent counts what it found right after the commit.</summary>
    private void Listen()
    {
        changes.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: GraphMeter.Name, Name: TelemetryNames.Metric.ChangesDetected }) self.EnableMeasurementEvents(instrument);
        };
        changes.SetMeasurementEventCallback<long>((_, found, _, _) =>
        {
            if (found > 0) moments?.Commits();
        });
        changes.Start();
    }

    private AgentSnapshot Look()
    {
        moments?.Looks();
        var snapshot = store.Reader.ReadSnapshot(Now.AddDays(-1));
        RequestedAt = snapshot.Forced?.RequestedAt ?? RequestedAt;
        return snapshot;
    }
}
