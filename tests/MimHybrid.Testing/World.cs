using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Running;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph;
using MimHybrid.Graph.Polling;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.Service;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Testing;

/// <summary>
/// A tenant behind real HTTPS, a sync server behind the CIM door, and the agent between them on a real store, under a clock that only
/// the test moves. The agent can crash and come back; the world stays.
/// </summary>
public sealed class World : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-world-").FullName;
    private DateTimeOffset bootedAt;
    private AgentProcess agent;

    private World(SandboxTenant tenant, PacedClock clock, WorldSetup setup)
    {
        (Tenant, Clock, Setup) = (tenant, clock, setup);
        Waits = new PassingWaits(clock);
        setup.Settings?.Invoke(Settings);
        var options = new SyncServerOptions
        {
            Graph = GraphAccess.To(tenant),
            StepDuration = setup.StepDuration,
            KeptRuns = setup.KeptRuns,
        };
        Mim = new SandboxSyncServer(setup.Naming(options), clock, NullLogger<SandboxSyncServer>.Instance);
        bootedAt = clock.GetUtcNow().AddDays(-1);
        agent = new AgentProcess(this, folder, bootedAt);
    }

    public PacedClock Clock { get; }

    /// <summary>What the agent's waits within a cycle are like, if they pass by themselves.</summary>
    public PassingWaits Waits { get; }

    public WorldSetup Setup { get; }

    public AgentSettings Settings { get; } = new() { BootDelay = TimeSpan.Zero, ShortestPause = TimeSpan.Zero };

    public SyncServerSettings ServerSettings { get; } = new();

    public SandboxTenant Tenant { get; }

    public SandboxSyncServer Mim { get; }

    public AgentStore Store => agent.Store;

    public GraphDeltaTrigger Trigger => agent.Trigger;

    public CycleDecider Decider => agent.Decider;

    public CycleLoop Loop => agent.Loop;

    public CyclePlanner Planner => agent.Planner;

    public TenantDirectory People => Tenant.Directory;

    /// <summary>The names of the accounts in the directory, sorted.</summary>
    public IEnumerable<string?> Accounts =>
        Mim.Directory.Accounts.Select(account => account.DisplayName).Order(StringComparer.Ordinal);

    public IReadOnlyList<CycleRecord> RunLog => [.. Store.Reader.ReadLog(new RunLogQuery())];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A world in which one thing happens after the other: whatever the agent waits for has passed.</summary>
    /// <param name="settings">What differs from the shipped settings.</param>
    /// <param name="door">What stands between the client and the sync server, e.g. something that dies.</param>
    public static Task<World> StartAsync(Action<AgentSettings>? settings = null, Func<ICimConnection, ICimConnection>? door = null) =>
        StartAsync(new WorldSetup { Settings = settings, Door = door ?? (connection => connection), WaitsPass = true });

    /// <summary>An unusual one, by default one in which several things may go on at once.</summary>
    public static async Task<World> StartAsync(WorldSetup setup)
    {
        var clock = new PacedClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        var options = new SandboxTenantOptions
        {
            AccessTokenLifetime = TimeSpan.FromDays(365),
            DeltaTokenLifetime = TimeSpan.FromDays(3650),
            SkipTokenLifetime = TimeSpan.FromDays(3650),
            Pages = setup.Pages,
            DeltaLag = setup.DeltaLag,
            ReadLag = setup.ReadLag,
        };
        return new World(await SandboxTenant.StartAsync(options, clock, Token), clock, setup);
    }

    /// <summary>
    /// As above, with the tenant read and a first Full cycle behind it: from here on every cycle has its cause in the test.
    /// </summary>
    public static async Task<World> StartSettledAsync(
        Action<AgentSettings>? settings = null, Func<ICimConnection, ICimConnection>? door = null)
    {
        var world = await StartAsync(settings, door);
        await world.PollAsync();
        await world.RunAllAsync();
        return world;
    }

    /// <summary>What the loop does while no cycle is in sight.</summary>
    public static Task<bool> NothingToDo(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>The directory refuses every account whose name has this text: no right to write it.</summary>
    public void Refuse(string name) => Mim.Script.RefuseExport(
        dn => dn.Contains(name, StringComparison.Ordinal),
        new ExportFault("permission-issue", "8344", "Insufficient access rights to perform the operation."));

    public Task<PollResult> PollAsync() => PollUnlessStoppedAsync(Token);

    public Task<PollResult> PollUnlessStoppedAsync(CancellationToken stop) => Trigger.PollAsync(stop).InTimeAsync("a poll");

    public Decision Decide() => Decider.Decide();

    /// <summary>Polls, lets the changes settle, and runs what the planner says until it says wait. Returns the cycles that ran.</summary>
    public async Task<IReadOnlyList<CycleRecord>> PollAndRunAsync()
    {
        await PollAsync();
        if (Decide() is Decision.Wait { Cause: WaitCause.Settling } wait) Clock.SetUtcNow(wait.Until);
        return await RunAllAsync();
    }

    public async Task<IReadOnlyList<CycleRecord>> RunAllAsync()
    {
        var cycles = new List<CycleRecord>();
        while (Decide() is Decision.Run run) cycles.Add(await Loop.RunCycleAsync(run, Token).InTimeAsync("a cycle"));
        return cycles;
    }

    public Task<CycleRecord> ForceAsync(string sequence = "Full") => ForceUntilAsync(sequence, Token);

    public Task<CycleRecord> ForceUntilAsync(string sequence, CancellationToken stopping)
    {
        Store.Requests.RequestForcedRun(sequence, "ada", pastWindow: false, Clock.GetUtcNow());
        return Loop.RunCycleAsync(Assert.IsType<Decision.Run>(Decide()), stopping).InTimeAsync("a forced cycle");
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

    /// <summary>
    /// The tenant hides from MIM what is new for the next so many reads: each is answered with an empty page and the link of MIM's read
    /// before, as if its replica lagged behind. The agent sees all.
    /// </summary>
    public void HideChangesFromMim(int reads)
    {
        static bool IsMims(RecordedRequest request) => request is { IsFromManagementAgent: true, IsDelta: true };
        var link = new Uri(Tenant.GraphBaseUrl, Tenant.Requests.All.Last(IsMims).PathAndQuery).AbsoluteUri;
        Tenant.Faults.Next(Fault.Page($$"""{"value":[],"@odata.deltaLink":"{{link}}"}"""), reads, IsMims);
    }

    public void Pass(TimeSpan time) => Clock.Advance(time);

    /// <summary>The agent's process is gone and a new one starts on the same data folder.</summary>
    public void Restart()
    {
        agent.Dispose();
        agent = new AgentProcess(this, folder, bootedAt);
        Loop.AbandonRunningCycles();
    }

    /// <summary>The operating system starts anew, and the agent with it.</summary>
    public void Reboot()
    {
        bootedAt = Clock.GetUtcNow();
        Restart();
    }

    public async ValueTask DisposeAsync()
    {
        agent.Dispose();
        Mim.Dispose();
        await Tenant.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
