using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Running;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>
/// A tenant behind real HTTPS, a sync server behind the CIM door, and the agent between them on a real store, under a clock that only
/// the test moves. The agent can crash and come back; the world stays.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-flow-").FullName;
    private readonly Func<ICimConnection, ICimConnection> door;
    private GraphConnection graph;

    private World(SandboxTenant tenant, FakeTimeProvider clock, AgentSettings settings, Func<ICimConnection, ICimConnection>? door)
    {
        (Tenant, Clock, Settings) = (tenant, clock, settings);
        Waits = new PassingWaits(clock);
        this.door = door ?? (connection => connection);
        Mim = new SandboxSyncServer(new SyncServerOptions { Graph = GraphAccess.To(tenant) }, clock, NullLogger<SandboxSyncServer>.Instance);
        (Store, graph, Trigger, Decider, Loop, Planner) = Compose();
    }

    public FakeTimeProvider Clock { get; }

    /// <summary>What the agent's waits within a cycle are like.</summary>
    public PassingWaits Waits { get; }

    public AgentSettings Settings { get; }

    public SyncServerSettings ServerSettings { get; } = new();

    public SandboxTenant Tenant { get; }

    public SandboxSyncServer Mim { get; }

    public AgentStore Store { get; private set; }

    public GraphDeltaTrigger Trigger { get; private set; }

    public CycleDecider Decider { get; private set; }

    public CycleLoop Loop { get; private set; }

    public CyclePlanner Planner { get; private set; }

    public TenantDirectory People => Tenant.Directory;

    /// <summary>The names of the accounts in the directory, sorted.</summary>
    public IEnumerable<string?> Accounts => Mim.Directory.Accounts.Select(account => account.DisplayName).Order(StringComparer.Ordinal);

    public IReadOnlyList<CycleRecord> RunLog => [.. Store.Reader.ReadLog(new RunLogQuery())];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="settings">What differs from the shipped settings.</param>
    /// <param name="door">What stands between the client and the sync server, e.g. something that dies.</param>
    public static async Task<World> StartAsync(Action<AgentSettings>? settings = null, Func<ICimConnection, ICimConnection>? door = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        var own = new AgentSettings { BootDelay = TimeSpan.Zero, ShortestPause = TimeSpan.Zero };
        settings?.Invoke(own);
        var options = new SandboxTenantOptions { AccessTokenLifetime = TimeSpan.FromDays(365), DeltaTokenLifetime = TimeSpan.FromDays(3650) };
        return new World(await SandboxTenant.StartAsync(options, clock, Token), clock, own, door);
    }

    /// <summary>As above, with the tenant read and a first Full cycle behind it: from here on every cycle has its cause in the test.</summary>
    public static async Task<World> StartSettledAsync(Action<AgentSettings>? settings = null, Func<ICimConnection, ICimConnection>? door = null)
    {
        var world = await StartAsync(settings, door);
        await world.PollAsync();
        await world.RunAllAsync();
        return world;
    }

    /// <summary>What the loop does while no cycle is in sight.</summary>
    public static Task<bool> NothingToDo(CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<PollResult> PollAsync() => Trigger.PollAsync(Token);

    public Decision Decide() => Decider.Decide();

    /// <summary>Polls, lets the changes settle, and runs what the planner says until it says wait. Answers with the cycles that ran.</summary>
    public async Task<IReadOnlyList<CycleRecord>> PollAndRunAsync()
    {
        await PollAsync();
        if (Decide() is Decision.Wait { Cause: WaitCause.Settling } wait) Clock.SetUtcNow(wait.Until);
        return await RunAllAsync();
    }

    public async Task<IReadOnlyList<CycleRecord>> RunAllAsync()
    {
        var cycles = new List<CycleRecord>();
        while (Decide() is Decision.Run run) cycles.Add(await Loop.RunCycleAsync(run, Token));
        return cycles;
    }

    /// <summary>So many guests are invited and get their accounts.</summary>
    public async Task InviteAsync(int guests)
    {
        for (var number = 1; number <= guests; number++) People.Invite($"Guest {number:00}", $"guest{number:00}@fabrikam.example");
        await PollAndRunAsync();
        Assert.Equal(guests, Accounts.Count());
    }

    public void DeleteGuests(int count)
    {
        foreach (var guest in People.Guests.Take(count).ToArray()) People.Delete(guest.Id);
    }

    public Task<CycleRecord> ForceAsync(string sequence = "Full") => ForceUntilAsync(sequence, Token);

    public Task<CycleRecord> ForceUntilAsync(string sequence, CancellationToken stopping)
    {
        Store.Requests.RequestForcedRun(sequence, "ada", pastWindow: false, Clock.GetUtcNow());
        return Loop.RunCycleAsync(Assert.IsType<Decision.Run>(Decide()), stopping);
    }

    /// <summary>
    /// The tenant hides from MIM what is new for the next so many reads: each is answered with an empty page and the link of MIM's read
    /// before, as if its replica lagged behind. The agent sees all.
    /// </summary>
    public void HideChangesFromMim(int reads)
    {
        var before = Tenant.Requests.All.Last(request => request is { IsFromManagementAgent: true, IsDelta: true });
        var link = new Uri(Tenant.GraphBaseUrl, before.PathAndQuery).AbsoluteUri;
        Tenant.Faults.Next(Fault.Page($$"""{"value":[],"@odata.deltaLink":"{{link}}"}"""), reads, request => request is { IsFromManagementAgent: true, IsDelta: true });
    }

    public void Pass(TimeSpan time) => Clock.Advance(time);

    /// <summary>The agent's process is gone and a new one starts on the same data folder.</summary>
    public void Restart()
    {
        graph.Dispose();
        Store.Dispose();
        (Store, graph, Trigger, Decider, Loop, Planner) = Compose();
        Loop.AbandonRunningCycles();
    }

    public async ValueTask DisposeAsync()
    {
        graph.Dispose();
        Store.Dispose();
        Mim.Dispose();
        await Tenant.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private (AgentStore, GraphConnection, GraphDeltaTrigger, CycleDecider, CycleLoop, CyclePlanner) Compose()
    {
        var store = AgentStore.Open(folder);
        var connection = new GraphConnection(
            new GraphSettings
            {
                BaseUrl = Tenant.GraphBaseUrl.ToString(),
                AuthorityHost = Tenant.AuthorityHost.ToString(),
                TenantId = Tenant.TenantId,
                ClientId = Tenant.ClientId,
                ClientSecret = Tenant.ClientSecret,
            },
            Clock,
            Tenant.CreateTrustingHandler);
        var server = new SyncServer(door(Mim), ServerSettings, Waits);
        var planner = new CyclePlanner(Settings, TimeZoneInfo.Utc);
        var bootedAt = Clock.GetUtcNow().AddDays(-1);
        var decider = new CycleDecider(
            () => store.Reader.ReadSnapshot(bootedAt), planner, store.Cycles, store.Requests, Clock, NullLogger<CycleDecider>.Instance);
        var runner = new CycleRunner(store.Cycles, server, Settings, Waits, NullLogger<CycleRunner>.Instance);
        var loop = new CycleLoop(decider, runner, store.Reader, store.Requests, Clock, NullLogger<CycleLoop>.Instance);
        return (store, connection, new GraphDeltaTrigger(connection, store.Guests, Clock, NullLogger<GraphDeltaTrigger>.Instance), decider, loop, planner);
    }
}
