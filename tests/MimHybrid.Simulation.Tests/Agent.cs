using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Core.Cycles;
using MimHybrid.Core.Planning;
using MimHybrid.Core.Store;
using MimHybrid.Graph;
using MimHybrid.Mim;

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
        Trigger = new GraphDeltaTrigger(graph, Store, time, NullLogger<GraphDeltaTrigger>.Instance);
        var server = new SyncServer(world.Setup.Door(world.Mim), new SyncServerSettings(), time);
        var runner = new CycleRunner(Store, server, settings, time, NullLogger<CycleRunner>.Instance);
        Planner = new CyclePlanner(settings, TimeZoneInfo.Utc);
        Loop = new CycleLoop(Store, Planner, runner, bootedAt, time, NullLogger<CycleLoop>.Instance);
    }

    public AgentStore Store { get; }

    public GraphDeltaTrigger Trigger { get; }

    public CyclePlanner Planner { get; }

    public CycleLoop Loop { get; }

    public void Dispose()
    {
        graph.Dispose();
        Store.Dispose();
    }
}
