using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MimHybrid.Benchmarks.Starts;

/// <summary>
/// Starts the executable for Windows under Wine, where the tests of <c>MimHybrid.Windows.Tests</c> have installed one and made its folder.
/// A first request cannot be timed there, since this Wine knows no TLS; the connection for it can.
/// </summary>
internal sealed class WineStart : IDisposable
{
    private const string Loader = "/usr/lib/wine/wine64";

    private static readonly string Prefix = Path.Combine(Results.Root, "artifacts", "wine", "prefix");

    private readonly Process session;

    /// <summary>Wine's services end with its last process; this one waits for a key that nobody presses.</summary>
    private WineStart()
    {
        session = Start("/dev/stdin", ["cmd", "/c", "pause"]);
        Run("cmd", "/c", "ver"); // once they answer
    }

    /// <summary>Null where there is none.</summary>
    public static WineStart? TryOpen() => File.Exists(Loader) && File.Exists(Path.Combine(Prefix, "ready")) ? new WineStart() : null;

    /// <summary>A file or folder of this machine, as Wine names it.</summary>
    public static string PathOf(string path) => "Z:" + path.Replace('/', '\\');

    /// <summary>Runs a program of Windows to its end; what it prints is thrown away.</summary>
    public static void Run(params string[] arguments)
    {
        using var process = Start("/dev/null", arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', arguments)} under Wine: {process.ExitCode}");
    }

    /// <summary>From the start of the executable on a new folder to its connection to where it signs in; milliseconds.</summary>
    public static async Task<double> FirstConnectionAsync(string program, string data)
    {
        using var tenant = TcpListener.Create(0);
        tenant.Start();
        var address = $"https://localhost:{((IPEndPoint)tenant.LocalEndpoint).Port}";
        var before = TimeProvider.System.GetTimestamp();
        using var agent = Start("/dev/null", [program, "run", "--data", PathOf(data)],
            ("Graph__BaseUrl", $"{address}/v1.0"), ("Graph__AuthorityHost", address), ("Graph__TenantId", Guid.NewGuid().ToString()),
            ("Graph__ClientId", Guid.NewGuid().ToString()), ("Graph__ClientSecret", "none"), ("SyncServer__Connection", "Sandbox"),
            ("Sandbox__Story", "false"), ("BootDelay", "00:00:00"));
        using var came = await tenant.AcceptSocketAsync().WaitAsync(TimeSpan.FromMinutes(1));
        var took = TimeProvider.System.GetElapsedTime(before).TotalMilliseconds;
        agent.Kill(entireProcessTree: true);
        await agent.WaitForExitAsync();
        return took;
    }

    public void Dispose()
    {
        session.Kill(entireProcessTree: true);
        session.Dispose();
    }

    private static Process Start(string input, string[] arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec \"$0\" \"$@\" < {input} > /dev/null 2>&1", Loader, .. arguments]) { RedirectStandardInput = true };
        (start.Environment["WINEPREFIX"], start.Environment["WINEARCH"], start.Environment["WINEDEBUG"]) = (Prefix, "win64", "-all");
        foreach (var (name, value) in settings) start.Environment[$"MIMHYBRID_{name}"] = value;
        return Process.Start(start)!;
    }
}
