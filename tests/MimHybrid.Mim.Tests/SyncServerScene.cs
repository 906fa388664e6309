using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Client;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.Service;

namespace MimHybrid.Mim.Tests;

/// <summary>The client and, behind the door, the sandbox's sync server, with a clock that goes on only when a test lets it.</summary>
internal sealed class SyncServerScene : IDisposable
{
    public const string Us = @"SANDBOX\MIMSyncUser";
    public const string Somebody = @"FABRIKAM\anna";
    public const string Import = "Full Import (Stage Only)";
    public const string Synchronization = "Full Synchronization";

    private readonly Turns turns = new();

    /// <param name="target">The name of the management agent that keeps the accounts.</param>
    /// <param name="differs">What else differs from a server as the guide makes it.</param>
    /// <param name="connectorLog">What connectors leave in the event log; null: there is none.</param>
    public SyncServerScene(
        string target = "ADMA", Func<SyncServerOptions, SyncServerOptions>? differs = null, ConnectorLog? connectorLog = null)
    {
        var options = Options(target);
        Sandbox = new SandboxSyncServer(differs?.Invoke(options) ?? options, Time, NullLogger<SandboxSyncServer>.Instance);
        Wire = new Wire(Sandbox);
        Server = new SyncServer(Wire, Settings, Time, connectorLog);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));

    public SandboxSyncServer Sandbox { get; }

    public Wire Wire { get; }

    public SyncServerScript Script => Sandbox.Script;

    public SyncServerSettings Settings { get; } = new() { Account = Us };

    public SyncServer Server { get; }

    /// <summary>What the client has told of its waits, in order.</summary>
    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>The same, where nobody may be named.</summary>
    public ConcurrentQueue<string> ToldUnnamed { get; } = new();

    public static RunRequest ImportOfAdma { get; } = new("ADMA", Import, Synchronizes: false);

    public static RunRequest SynchronizationOfAdma { get; } = new("ADMA", Synchronization, Synchronizes: true);

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    /// <summary>Runs a profile while the clock goes on.</summary>
    public Task<RunReport> RunAsync(RunRequest request) => PlayAsync(Start(request, TestEnd));

    /// <summary>Begins to run a profile; it goes on when the test lets it.</summary>
    public Task<RunReport> Start(RunRequest request, CancellationToken cancellationToken) =>
        turns.Begin(() => Server.RunAsync(request, Tell, cancellationToken));

    /// <summary>Begins something else; it goes on when the test lets it.</summary>
    public Task<T> Begin<T>(Func<Task<T>> begin) => turns.Begin(begin);

    /// <summary>Takes what the client tells.</summary>
    public void Tell(string sentence, string? unnamed = null)
    {
        Told.Enqueue(sentence);
        ToldUnnamed.Enqueue(unnamed ?? sentence);
    }

    /// <summary>The sentences told that begin like this.</summary>
    public IReadOnlyList<string> Telling(string beginning) => [.. Told.Where(told => told.StartsWith(beginning, StringComparison.Ordinal))];

    /// <summary>Lets the clock go on, second by second, until the task has ended.</summary>
    public async Task<T> PlayAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
            await StepAsync();
        return await task;
    }

    /// <summary>Lets the clock go on by so much.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var end = Time.GetUtcNow() + time; Time.GetUtcNow() < end;)
            await StepAsync();
    }

    /// <summary>Lets the client work, with a standing clock, until the agent runs.</summary>
    public async Task UntilRunningAsync(string managementAgent)
    {
        while (ResultWords.Judge(await Server.ReadStatusAsync(managementAgent, TestEnd)).Class != ResultClass.StillRunning)
            turns.Take();
    }

    /// <summary>Lets the client work, with a standing clock, until it has told so.</summary>
    public async Task UntilToldAsync(string beginning)
    {
        while (Telling(beginning) is [])
        {
            turns.Take();
            await Task.Yield();
        }
    }

    /// <summary>Somebody else starts a run of so long.</summary>
    public Task<string> StartForeign(string managementAgent, string runProfile, TimeSpan duration) =>
        Sandbox.StartForeignRunAsync(new ForeignRun(managementAgent, runProfile, duration, Somebody));

    /// <summary>Somebody stops ADMA's run in Synchronization Service Manager.</summary>
    public Task<string> StopByHandAsync() => Sandbox.InvokeAsync(new CimTarget("MIIS_ManagementAgent", "Name", "ADMA"), "Stop", [], TestEnd);

    /// <summary>The run of an agent with the greatest number; null if the history shows none.</summary>
    public async Task<CimRow?> LastRunAsync(string managementAgent = "ADMA") =>
        (await Sandbox.QueryAsync("SELECT * FROM MIIS_RunHistory", TestEnd))
            .Where(run => run["MaName"] == managementAgent)
            .MaxBy(run => int.Parse(run["RunNumber"], CultureInfo.InvariantCulture));

    /// <summary>Puts so many accounts into the directory, which an import stages.</summary>
    public void CreateAccounts(int count)
    {
        for (var number = 1; number <= count; number++)
            Sandbox.Directory.CreateByHand(new DirectoryAccount { DistinguishedName = $"CN=guest-{number},OU=Guests,DC=sandbox" });
    }

    public void Dispose()
    {
        Wire.Dispose();
        Sandbox.Dispose();
    }

    // The clock goes on when the client has had its turns and no answer is on its way to it.
    private async Task StepAsync()
    {
        TestEnd.ThrowIfCancellationRequested();
        turns.Take();
        if (await Wire.IsQuietAsync() && turns.IsOver)
            Time.Advance(TimeSpan.FromSeconds(1));
        else
            await Task.Yield();
    }

    private static SyncServerOptions Options(string target) => new()
    {
        // No test here lets AADMA read: these are for the client, and ADMA's directory is enough to have counters.
        Graph = new GraphAccess
        {
            BaseUrl = new Uri("https://localhost:1/v1.0"),
            AuthorityHost = new Uri("https://localhost:1/"),
            TenantId = "tenant",
            ClientId = "client",
            ClientSecret = "secret",
        },
        SecurityId = Us,
        Target = new ManagementAgentOptions(target, "Active Directory", new Guid("0A1B2C3D-0000-4000-8000-00000000AD01")),
    };
}
