using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Running;
using MimHybrid.Graph.Polling;
using MimHybrid.Graph.Requests;
using MimHybrid.Mim.Client;
using MimHybrid.Store;

namespace MimHybrid.Testing;

/// <summary>One process of the agent on one data folder: all that is gone together when it dies.</summary>
public sealed class AgentProcess : IDisposable
{
    private readonly GraphConnection graph;

    internal AgentProcess(World world, string folder, DateTimeOffset bootedAt)
    {
        var (setup, settings) = (world.Setup, world.Settings);
        var time = setup.AgentTime(world.Clock);
        var waits = setup.WaitsPass ? world.Waits : time;
        Store = AgentStore.Open(folder);
        Store.Committing = setup.Committing();
        var access = GraphSettingsOf.Tenant(world.Tenant);
        access.Baseline = setup.Baseline;
        access.Select = setup.Select;
        graph = new GraphConnection(access, world.Clock, world.Tenant.CreateTrustingHandler);
        Trigger = new GraphDeltaTrigger(graph, Store.Guests, time, NullLogger<GraphDeltaTrigger>.Instance);
        var server = new SyncServer(setup.Door(world.Mim), world.ServerSettings, waits);
        var runner = new CycleRunner(Store.Cycles, server, settings, waits, setup.Logs.CreateLogger<CycleRunner>());
        Planner = new CyclePlanner(settings, TimeZoneInfo.Utc);
        Decider = new CycleDecider(
            () => Store.Reader.ReadSnapshot(bootedAt), Planner, Store.Cycles, Store.Requests, time, NullLogger<CycleDecider>.Instance);
        Loop = new CycleLoop(Decider, runner, Store.Reader, Store.Requests, time, setup.Logs.CreateLogger<CycleLoop>());
    }

    public AgentStore Store { get; }

    public GraphDeltaTrigger Trigger { get; }

    public CyclePlanner Planner { get; }

    public CycleDecider Decider { get; }

    public CycleLoop Loop { get; }

    public void Dispose()
    {
        graph.Dispose();
        Store.Dispose();
    }
}
