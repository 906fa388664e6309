using System.Globalization;
using System.Text.Json;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Chaos;

/// <summary>
/// One agent and its world: a tenant in this process, a data folder, and the executable as a process beside it. The sandbox's sync server
/// and directory lie in another folder than the store, because a full disk of the agent's is none of theirs.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>All but 70, which says that something happened that should not.</summary>
    private static readonly int[] Documented = [0, 1, 2, 3, 4, 5, 6, 130];

    private readonly string root;
    private readonly SandboxTenant tenant;
    private readonly List<Child> ended = [];
    private Child? agent;

    private Scene(string root, Volume volume, SandboxTenant tenant, Launch launch, ChaosTally tally)
    {
        (this.root, Volume, this.tenant, Launch, Tally) = (root, volume, tenant, launch, tally);
        Life = new TenantLife(tenant);
        Rest = new Rest(this);
    }

    public Volume Volume { get; }

    public Launch Launch { get; }

    public TenantLife Life { get; }

    public Rest Rest { get; }

    public ChaosTally Tally { get; }

    public string Data => Volume.Path;

    public string Store => Path.Combine(Data, "agent.db");

    public string Sandbox => Path.Combine(root, "sandbox");

    /// <summary>A place of the scene's own, beside the data folder.</summary>
    public string Beside(string name) => Path.Combine(root, name);

    /// <summary>The agent that was started last.</summary>
    public Child Agent => agent ?? throw new InvalidOperationException("No agent was started.");

    public bool IsRunning => agent is { HasEnded: false };

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>The stores that were put aside so far.</summary>
    public IReadOnlyList<string> Aside => [.. Directory.EnumerateFiles(Data, "agent-*.db").Order(StringComparer.Ordinal)];

    /// <summary>How long anything may take.</summary>
    public TimeSpan Patience { get; private init; }

    public CancellationToken Token { get; private init; }

    public static async Task<Scene> OpenAsync(ChaosOptions options, ChaosTally tally, CancellationToken token)
    {
        var root = Directory.CreateTempSubdirectory("mimhybrid-chaos-").FullName;
        var volume = await Volume.CreateAsync(Path.Combine(root, "data"));
        Directory.CreateDirectory(Path.Combine(root, "sandbox"));
        Directory.CreateSymbolicLink(Path.Combine(volume.Path, "sandbox"), Path.Combine(root, "sandbox"));
        var tenant = await SandboxTenant.StartAsync(new SandboxTenantOptions(), TimeProvider.System, token);
        var scene = new Scene(root, volume, tenant, new Launch(options.Executable, root, tenant), tally)
        {
            Patience = options.Patience,
            Token = token,
        };
        scene.Life.Begin();
        scene.StartAgent();
        return scene;
    }

    public void StartAgent(string? output = null)
    {
        if (agent is not null) Bury(agent);
        StartedAt = TimeProvider.System.GetUtcNow();
        agent = Child.Start("the agent", Launch.Command(output, ["run", "--data", Data, "--verbose"]));
    }

    /// <summary>It has read its settings and opened its store: on a machine that does much else, that takes longer than the rest.</summary>
    public async Task HasBegunAsync()
    {
        var time = TimeProvider.System;
        var until = time.GetUtcNow() + Patience;
        while (IsRunning && Agent.Said.Count == 0 && time.GetUtcNow() < until) await PauseAsync(TimeSpan.FromMilliseconds(20));
    }

    /// <summary>A second one on the same folder.</summary>
    public Child StartAnother() => Child.Start("a second agent", Launch.Command(null, ["run", "--data", Data]));

    /// <summary>The second one is the agent from now on.</summary>
    public void TakeOver(Child other)
    {
        if (agent is not null) Bury(agent);
        agent = other;
    }

    /// <summary>Runs a command to its end, whatever it says, and judges how it ended.</summary>
    public async Task<(int Code, IReadOnlyList<string> Said)> AskAsync(params string[] arguments)
    {
        var name = $"mimhybrid {string.Join(' ', arguments)}";
        using var child = Child.Start(name, Launch.Command(null, [.. arguments, "--data", Data]));
        var code = await child.EndAsync(Patience, Token);
        if (child.BugReport is { } report) throw new BrokenPromiseException($"{name} said: {report}");
        if (!Documented.Contains(code)) throw new BrokenPromiseException($"{name} ended with {Named(code, child)}");
        return (code, child.Said);
    }

    /// <summary>As the other; only these exit codes are right.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(int[] codes, params string[] arguments)
    {
        var (code, said) = await AskAsync(arguments);
        return codes.Contains(code)
            ? said
            : throw new BrokenPromiseException(string.Create(CultureInfo.InvariantCulture,
                $"mimhybrid {string.Join(' ', arguments)} ended with {code}, not {string.Join(" or ", codes)}: {Last(said)}"));
    }

    public async Task<JsonElement> StatusAsync()
    {
        var said = await AskAsync([0], "status", "--json");
        return JsonDocument.Parse(said.Single(line => line.StartsWith('{'))).RootElement;
    }

    /// <summary>Waits until the agent has ended, and says whether it did so as it may.</summary>
    public async Task EndsAsync(string why, params int[] codes)
    {
        var code = await Agent.EndAsync(Patience, Token);
        if (!codes.Contains(code)) throw new BrokenPromiseException($"{why}: the agent ended with {Named(code, Agent)}");
    }

    public Task PauseAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, Token);

    /// <summary>Some time up to so many seconds.</summary>
    public Task PauseAsync(Random chance, double seconds) => PauseAsync(TimeSpan.FromSeconds(chance.NextDouble() * seconds));

    /// <summary>What the agents of this scene have said that nobody may say; null when nothing.</summary>
    public string? FindBugReport() =>
        ended.Append(Agent).Select(child => child.BugReport).FirstOrDefault(report => report is not null);

    /// <summary>What can be looked at afterwards: both folders, and what the agents said.</summary>
    public async Task KeepAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var lines = ended.TakeLast(6).Append(Agent).SelectMany(child => child.Said.Prepend($"=== {child.Name}"));
        await File.WriteAllLinesAsync(Path.Combine(folder, "said.txt"), lines, CancellationToken.None);
        await Child.RunAsync("cp", "-r", Data, Sandbox, folder);
    }

    public async ValueTask DisposeAsync()
    {
        agent?.Dispose();
        foreach (var child in ended) child.Dispose();
        await tenant.DisposeAsync();
        await Volume.UnmountAsync();
        Directory.Delete(root, recursive: true);
    }

    internal static string Last(IReadOnlyList<string> said) => string.Join(" | ", said.TakeLast(4));

    internal static string Named(int code, Child child) =>
        string.Create(CultureInfo.InvariantCulture, $"exit code {code}: {Last(child.Said)}");

    private void Bury(Child child)
    {
        ended.Add(child);
        if (ended.Count > 12 && ended[0] is { BugReport: null } old)
        {
            old.Dispose();
            ended.RemoveAt(0);
        }
    }
}
