using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.Remote;
using MimHybrid.Sandbox.SyncServer.Service;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Benchmarks;

/// <summary>
/// What the published executable needs around it: a tenant in this process, which it reaches over HTTPS and trusts by OpenSSL's list, and
/// the sandbox's sync server in its own unless that is held here. No timer runs unless it is asked for, so that a poll is all there is.
/// </summary>
internal sealed class AgentWorld : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("mimhybrid-agent-").FullName;
    private readonly Dictionary<string, string> environment;
    private readonly CancellationTokenSource end = new();
    private SandboxSyncServer? server;

    private AgentWorld(SandboxTenant tenant)
    {
        Tenant = tenant;
        var certificate = Path.Combine(root, "tenant.pem");
        File.WriteAllText(certificate, tenant.Certificate.ExportCertificatePem());
        environment = new Dictionary<string, string>
        {
            ["SSL_CERT_FILE"] = certificate,
            ["TMPDIR"] = root,
            ["MIMHYBRID_Graph__BaseUrl"] = tenant.GraphBaseUrl.ToString(),
            ["MIMHYBRID_Graph__AuthorityHost"] = tenant.AuthorityHost.ToString(),
            ["MIMHYBRID_Graph__TenantId"] = tenant.TenantId,
            ["MIMHYBRID_Graph__ClientId"] = tenant.ClientId,
            ["MIMHYBRID_Graph__ClientSecret"] = tenant.ClientSecret,
            ["MIMHYBRID_SyncServer__Connection"] = "Sandbox",
            ["MIMHYBRID_Sandbox__StepDuration"] = "00:00:00",
            ["MIMHYBRID_Sandbox__Story"] = "false",
            ["MIMHYBRID_BootDelay"] = "00:00:00",
            ["MIMHYBRID_ShortestPause"] = "00:00:00",
        };
        foreach (var timer in new[] { "FallbackCycle", "NightlyCycle", "WeeklyFull" }) Set($"Functions__{timer}__Enabled", "false");
    }

    public SandboxTenant Tenant { get; }

    public static async Task<AgentWorld> OpenAsync() =>
        new(await SandboxTenant.StartAsync(new SandboxTenantOptions(), TimeProvider.System, CancellationToken.None));

    /// <summary>A setting, by its name in the environment without the product's.</summary>
    public void Set(string name, string value) => environment[$"MIMHYBRID_{name}"] = value;

    /// <summary>
    /// The sandbox's sync server lives in this process from now on, and agents that are started reach it over a pipe: what it needs is not
    /// counted as the agent's.
    /// </summary>
    public void HoldSyncServer()
    {
        var pipe = OperatingSystem.IsWindows() ? Path.GetFileName(root) : Path.Combine(root, "mim");
        server = new SandboxSyncServer(
            new SyncServerOptions { Graph = GraphAccess.To(Tenant) }, TimeProvider.System, NullLogger<SandboxSyncServer>.Instance);
        _ = new PipeHost(pipe, server).ServeAsync(end.Token);
        Set("Sandbox__SyncServerPipe", pipe);
    }

    /// <summary>A data folder in which nothing has been.</summary>
    public string NewData() => Path.Combine(root, Guid.NewGuid().ToString("N"));

    /// <summary>The agent, started; whoever has it ends it.</summary>
    public Process Start(string program, string data)
    {
        var start = new ProcessStartInfo(program, ["run", "--data", data]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>From the start of the executable on a new folder to its first question to Graph, sign-in done; milliseconds.</summary>
    public async Task<double> FirstRequestAsync(string program)
    {
        var asked = Tenant.Requests.NextAsync(request => request.Path.StartsWith("/v1.0", StringComparison.Ordinal), CancellationToken.None);
        var before = TimeProvider.System.GetTimestamp();
        using var agent = Start(program, NewData());
        await asked.WaitAsync(TimeSpan.FromMinutes(1));
        var took = TimeProvider.System.GetElapsedTime(before).TotalMilliseconds;
        await EndAsync(agent);
        return took;
    }

    public static async Task EndAsync(Process agent)
    {
        agent.Kill();
        await agent.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        end.Dispose();
        if (server is not null) await server.DisposeAsync();
        await Tenant.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    /// <summary>A number of a process as Linux's files tell it; null elsewhere.</summary>
    public static long? Counter(int process, string file, string name)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}");
        if (!File.Exists(path)) return null;
        var line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.Split((char[]?)[' ', '\t', ':'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
