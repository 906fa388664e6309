using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Core.Cycles;
using MimHybrid.Core.Planning;
using MimHybrid.Core.RunLog;
using MimHybrid.Core.Settings;
using MimHybrid.Core.Store;
using MimHybrid.Graph;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.Tenant;

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
        (Store, graph, Trigger, Loop, Planner) = Compose();
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

    public CycleLoop Loop { get; private set; }

    public CyclePlanner Planner { get; private set; }

    public TenantDirectory People => Tenant.Directory;

    /// <summary>The names of the accounts in the directory, sorted.</summary>
    public IEnumerable<string?> Accounts => Mim.Directory.Accounts.Select(account => account.DisplayName).Order(StringComparer.Ordinal);

    public IReadOnlyList<CycleRecord> RunLog => [.. Store.ReadLog(new RunLogQuery())];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="settings">What differs from the shipped settings.</param>
    /// <param name="door">What stands between the client and the sync server, e.g. something that dies.</param>
    public static async Task<World> StartAsync(Action<AgentSettings>? settings = null, Func<ICimConnection, ICimConnection>? door = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        var own = new AgentSettings { BootDelay = TimeSpan.Zero };
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

    public Decision Decide() => Loop.Decide();

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
        Store.RequestForcedRun(sequence, "ada", pastWindow: false, Clock.GetUtcNow());
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
        (Store, graph, Trigger, Loop, Planner) = Compose();
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

    private (AgentStore, GraphConnection, GraphDeltaTrigger, CycleLoop, CyclePlanner) Compose()
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
        var runner = new CycleRunner(store, server, Settings, Waits, NullLogger<CycleRunner>.Instance);
        var loop = new CycleLoop(store, planner, runner, Clock.GetUtcNow().AddDays(-1), Clock, NullLogger<CycleLoop>.Instance);
        return (store, connection, new GraphDeltaTrigger(connection, store, Clock, NullLogger<GraphDeltaTrigger>.Instance), loop, planner);
    }
}
