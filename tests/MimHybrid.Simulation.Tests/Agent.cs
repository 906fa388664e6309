using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Running;
using MimHybrid.Graph;
using MimHybrid.Mim;
using MimHybrid.Store;

namespace MimHybrid.Simulation.Tests;

/// <summary>One process of the agent on one data folder: all that is gone together when it dies.</summary>
internal sealed class Agent : IDisposable
{
    private readonly GraphConnection graph;

    public Agent(World world, string folder, DateTimeOffset bootedAt)
    {
        var (tenant, settings) = (world.Tenant, world.Settings);
        var time = world.Setup.AgentTime(world.Clock);
        Store = AgentStore.Open(folder);
        Store.Committing = world.Setup.Committing();
        graph = new GraphConnection(
            new GraphSettings
            {
                BaseUrl = tenant.GraphBaseUrl.ToString(),
                AuthorityHost = tenant.AuthorityHost.ToString(),
                TenantId = tenant.TenantId,
                ClientId = tenant.ClientId,
                ClientSecret = tenant.ClientSecret,
                Baseline = world.Setup.Baseline,
            },
            world.Clock,
            tenant.CreateTrustingHandler);
        Trigger = new GraphDeltaTrigger(graph, Store.Guests, time, NullLogger<GraphDeltaTrigger>.Instance);
        var server = new SyncServer(world.Setup.Door(world.Mim), new SyncServerSettings(), time);
        var runner = new CycleRunner(Store.Cycles, server, settings, time, NullLogger<CycleRunner>.Instance);
        Planner = new CyclePlanner(settings, TimeZoneInfo.Utc);
        Decider = new CycleDecider(
            () => Store.Reader.ReadSnapshot(bootedAt), Planner, Store.Cycles, Store.Requests, time, NullLogger<CycleDecider>.Instance);
        Loop = new CycleLoop(Decider, runner, Store.Reader, Store.Requests, time, NullLogger<CycleLoop>.Instance);
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
