using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph.Polling;
using MimHybrid.Graph.Requests;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>
/// A tenant over HTTPS, a store on disk, and the trigger between them. The clock stands still unless a test moves it. When it is put away,
/// it looks through every line that was logged, at every level, and through all that the polls said or threw: whatever the test is about,
/// no link, token or secret is in it.
/// </summary>
public sealed partial class WatchedTenant : IAsyncDisposable
{
    private readonly List<string> said = [];
    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-graph-").FullName;
    private GraphConnection connection;
    private GraphDeltaTrigger trigger;

    private WatchedTenant(SandboxTenant tenant, FakeTimeProvider clock)
    {
        (Tenant, Clock) = (tenant, clock);
        Store = AgentStore.Open(folder);
        Settings = GraphSettingsOf.Tenant(tenant);
        (connection, trigger) = Connect();
    }

    public SandboxTenant Tenant { get; }

    public TenantApp App => Tenant.Apps.Find(Tenant.ClientId)!;

    public TenantDirectory People => Tenant.Directory;

    public FakeTimeProvider Clock { get; }

    public AgentStore Store { get; private set; }

    public GraphSettings Settings { get; }

    public LogKeeper Logs { get; } = new();

    public List<Baseline> Progress { get; } = [];

    public static async Task<WatchedTenant> StartAsync(SandboxTenantOptions? options = null, DateTimeOffset? now = null)
    {
        var clock = new FakeTimeProvider(now ?? new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
        var tenant = await SandboxTenant.StartAsync(options ?? new SandboxTenantOptions(), clock, TestContext.Current.CancellationToken);
        return new WatchedTenant(tenant, clock);
    }

    /// <summary>A tenant whose first baseline is done and whose changes are carried: what follows is rounds.</summary>
    public static async Task<WatchedTenant> StartWithBaselineAsync(SandboxTenantOptions? options = null)
    {
        var watched = await StartAsync(options);
        watched.People.AddMember("Paul Meyer", "paul@contoso.example");
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        return watched;
    }

    /// <summary>The agent dies and starts again, perhaps with other settings: a new connection and trigger over the same store.</summary>
    public void Restart(Action<GraphSettings>? change = null)
    {
        change?.Invoke(Settings);
        connection.Dispose();
        (connection, trigger) = Connect();
    }

    /// <summary>As <see cref="Restart"/>, with these kinds of change as the setting <c>On</c>.</summary>
    public void Choose(params ChangeKind[] kinds)
    {
        Store.Dispose();
        Store = AgentStore.Open(folder, kinds);
        Restart();
    }

    public Task<PollResult> PollAsync() => PollUnlessStoppedAsync(TestContext.Current.CancellationToken);

    public async Task<PollResult> PollUnlessStoppedAsync(CancellationToken stop)
    {
        try
        {
            var result = await trigger.PollAsync(stop);
            said.Add(result.ToString());
            return result;
        }
        catch (Exception e)
        {
            said.Add(e.ToString());
            throw;
        }
    }

    public async Task<PollFailure> PollInVainAsync() => Assert.IsType<PollResult.Failed>(await PollAsync()).Failure;

    /// <summary>The pending changes, which a cycle then carries.</summary>
    public IReadOnlyList<GuestChange> TakeChanges()
    {
        var now = Clock.GetUtcNow();
        var cycle = Store.Cycles.BeginCycle(new CycleStart("GuestChanges", TriggerKind.GraphDelta, "ChangeDriven", "a test", null), now);
        Store.Cycles.BeginStep(cycle, new PlannedStep(0, "AADMA", "Delta Import (Stage Only)", StepKind.Import), firstImport: true, now);
        var changes = Store.Reader.ReadCycle(cycle)!.Changes;
        Store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.Succeeded), now);
        return changes;
    }

    /// <summary>What the agent would do now, with guest changes as the only reason there is.</summary>
    public Decision Decide()
    {
        var settings = new AgentSettings { BootDelay = TimeSpan.Zero, ShortestPause = TimeSpan.Zero };
        foreach (var timer in new[] { "FallbackCycle", "NightlyCycle", "WeeklyFull" }) settings.Functions[timer].Enabled = false;
        var changes = settings.Functions["GuestChanges"];
        changes.SettleTime = changes.EditsAndRemovalsWait = TimeSpan.Zero;
        return new CyclePlanner(settings, TimeZoneInfo.Utc).Decide(Store.Reader.ReadSnapshot(Clock.GetUtcNow()), Clock.GetUtcNow());
    }

    public string CursorLink => Store.Guests.ReadCursor()!.Link;

    /// <summary>Lets the next page of users/delta be this one.</summary>
    public void AnswerDeltaWith(string entries, string? nextLink = null, string? deltaLink = null) => Tenant.Faults.Next(
        Fault.Page($$"""{"value":[{{entries}}],"{{(nextLink is null ? "@odata.deltaLink" : "@odata.nextLink")}}":"{{nextLink ?? deltaLink ?? CursorLink}}"}"""),
        when: request => request.IsDelta);

    public void FailDelta(Fault fault, int count = 1) => Tenant.Faults.Next(fault, count, request => request.IsDelta);

    /// <summary>As <see cref="FailDelta"/>, but only for pages after the first.</summary>
    public void FailLaterPage(Fault fault, int count = 1) =>
        Tenant.Faults.Next(fault, count, request => request.PathAndQuery.Contains("skiptoken", StringComparison.Ordinal));

    public void FailSignIn(Fault fault) => Tenant.Faults.Next(fault, when: request => request.IsTokenRequest);

    public int CountReadsOf(string id) => Tenant.Requests.Count(request => request.Path.EndsWith(id, StringComparison.Ordinal));

    /// <summary>How often the whole tenant was begun to be read by delta.</summary>
    public int CountBeginnings() =>
        Tenant.Requests.Count(request => request.IsDelta && !request.PathAndQuery.Contains("token", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        Store.Dispose();
        await Tenant.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        AssertNothingTold([.. Logs.Lines.Select(line => line.Text), .. said]);
    }

    /// <summary>No link but the one to Entra's list of codes, no token, no secret.</summary>
    public void AssertNothingTold(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            Assert.DoesNotMatch(LinkOrToken, line);
            Assert.DoesNotContain(Tenant.ClientSecret, line, StringComparison.OrdinalIgnoreCase);
        }
    }

    [GeneratedRegex(@"https?://(?!login\.microsoftonline\.com/error)|(delta|skip)token|eyJ", RegexOptions.IgnoreCase)]
    private static partial Regex LinkOrToken { get; }

    private (GraphConnection, GraphDeltaTrigger) Connect()
    {
        var graph = new GraphConnection(Settings, Clock, Tenant.CreateTrustingHandler);
        return (graph, new GraphDeltaTrigger(graph, Store.Guests, Clock, Logs.For<GraphDeltaTrigger>(), new Reporter(Progress)));
    }

    /// <summary>Unlike <see cref="Progress{T}"/> it reports at once.</summary>
    private sealed class Reporter(List<Baseline> reports) : IProgress<Baseline>
    {
        public void Report(Baseline value) => reports.Add(value);
    }
}
