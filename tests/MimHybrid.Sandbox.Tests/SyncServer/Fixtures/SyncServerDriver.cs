using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.Service;

namespace MimHybrid.Sandbox.Tests.SyncServer.Fixtures;

/// <summary>A sync server with a tenant and a clock, and the words in which tests speak of them.</summary>
internal sealed class SyncServerDriver : IDisposable
{
    public const string Source = "AADMA";
    public const string Target = "ADMA";

    public SyncServerDriver(LoopbackGraph graph, Func<SyncServerOptions, SyncServerOptions>? configure = null)
        : this(graph, graph.AddTenant(), configure)
    {
    }

    public SyncServerDriver(
        LoopbackGraph graph, TestTenant tenant, Func<SyncServerOptions, SyncServerOptions>? configure = null, TimeSpan? timeLimit = null)
    {
        Tenant = tenant;
        var options = new SyncServerOptions
        {
            Graph = new GraphAccess
            {
                BaseUrl = new Uri(tenant.Root, "v1.0"),
                AuthorityHost = tenant.Root,
                TenantId = "contoso",
                ClientId = "the agent",
                ClientSecret = "a secret",
                TimeLimit = timeLimit ?? TimeSpan.FromSeconds(100),
                HandlerFactory = graph.CreateHandler,
            },
        };
        Server = new SandboxSyncServer(configure?.Invoke(options) ?? options, Time, NullLogger<SandboxSyncServer>.Instance);
    }

    public TestTenant Tenant { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));

    public SandboxSyncServer Server { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<string> RunAsync(string agent, string profile) => RunImpatientlyAsync(agent, profile, Cancellation);

    public Task<string> RunImpatientlyAsync(string agent, string profile, CancellationToken cancellationToken) =>
        Server.InvokeAsync(Agent(agent), "Execute", [new CimArgument("RunProfileName", profile)], cancellationToken);

    public Task<string> AskAsync(string agent, string method) => Server.InvokeAsync(Agent(agent), method, [], Cancellation);

    public async Task<int> CountAsync(string agent, string method) =>
        int.Parse(await AskAsync(agent, method), CultureInfo.InvariantCulture);

    public async Task<RunDetails> LastRunAsync(string agent) => new(await AskAsync(agent, "RunDetails"));

    /// <summary>Runs a profile that must succeed, and gives its details.</summary>
    public async Task<RunDetails> SucceedAsync(string agent, string profile)
    {
        var result = await RunAsync(agent, profile);
        Assert.True(result is "success" or "completed-no-objects", $"{agent} {profile} ended with {result}");
        return await LastRunAsync(agent);
    }

    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql) => Server.QueryAsync(wql, Cancellation);

    public Task<string> ClearRunsAsync(string endingBefore) => Server.InvokeAsync(
        new CimTarget("MIIS_Server", "Name", "MIIS_Server1"), "ClearRuns", [new CimArgument("EndingBefore", endingBefore)], Cancellation);

    /// <summary>Guests to accounts, from the very start.</summary>
    public async Task FullSequenceAsync()
    {
        await SucceedAsync(Source, Profiles.FullImport);
        await SucceedAsync(Source, Profiles.FullSynchronization);
        await SucceedAsync(Target, Profiles.FullImport);
        await SucceedAsync(Target, Profiles.FullSynchronization);
        await ExportAndConfirmAsync();
    }

    public async Task ChangeDrivenSequenceAsync()
    {
        await SucceedAsync(Source, Profiles.DeltaImport);
        await SucceedAsync(Source, Profiles.DeltaSynchronization);
        await ExportAndConfirmAsync();
    }

    public async Task ExportAndConfirmAsync()
    {
        await SucceedAsync(Target, Profiles.Export);
        await SucceedAsync(Target, Profiles.DeltaImport);
        await SucceedAsync(Target, Profiles.DeltaSynchronization);
    }

    /// <summary>Moves the clock until the task is done.</summary>
    public async Task<T> AdvanceUntilAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await task;
    }

    public void Dispose() => Server.Dispose();

    private static CimTarget Agent(string name) => new("MIIS_ManagementAgent", "Name", name);
}
