using System.Diagnostics;

[assembly: AssemblyFixture(typeof(MimHybrid.Windows.Tests.Wine))]

namespace MimHybrid.Windows.Tests;

/// <summary>
/// Debian's wine64, a Windows to start the published executable on. It shows that it starts, and what service control, registry, Task
/// Scheduler's reader and the file system make of it. It shows nothing of CIM, TLS, certificates, rights on files or event log entries:
/// Wine has none of these, or not whole (tests/HandTests.md lists what a server has to show).
/// </summary>
public sealed class Wine : IAsyncLifetime
{
    private const string Loader = "/usr/lib/wine/wine64"; // not on the path, and plain "wine" asks for the 32-bit half first

    /// <summary>An environment variable with which these tests are left out, as they are where Wine cannot be had.</summary>
    public const string Without = "MIMHYBRID_TEST_WITHOUT_WINE";

    private const string Server = "/usr/lib/wine/wineserver64";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private const int Looks = 200;

    /// <summary>Kept between runs: it takes 8 s and 700 MB to make.</summary>
    private static readonly string Prefix = House.In("artifacts", "wine", "prefix");

    private static readonly (string, string)[] Environment =
    [
        ("WINEPREFIX", Prefix),
        ("WINEARCH", "win64"),
        ("WINEDEBUG", "-all"),
        ("WINEDLLOVERRIDES", "winedbg.exe=d"), // a crash shall end, not print 300 lines
    ];

    private string? leftOut;
    private Process? keptAlive;

    public async ValueTask InitializeAsync()
    {
        leftOut = await MissingAsync();
        if (leftOut is not null) return;
        await MakePrefixAsync();
        await EndSessionAsync();
        // Wine's services end with its last process; this one waits for a key that nobody presses, and ends with us.
        keptAlive = Start("/dev/stdin", "/dev/null", ["cmd", "/c", "pause"]);
        await ServicesAnswerAsync();
    }

    /// <summary>Skips the test, with the reason, where there is no Wine. What a fixture writes itself, "dotnet test" shows nobody; the reason of a skipped test it does.</summary>
    public void Need() => Assert.SkipWhen(leftOut is not null, $"LEFT OUT: the tests under Wine. {leftOut}");

    /// <summary>Runs the published executable.</summary>
    internal static Task<Ended> MimhybridAsync(params string[] arguments) => RunAsync([PublishedProduct.Executable, .. arguments]);

    /// <summary>Runs a program of Windows.</summary>
    internal static async Task<Ended> RunAsync(params string[] arguments)
    {
        var output = Path.GetTempFileName();
        using var process = Start("/dev/null", output, arguments);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
            return new Ended(process.ExitCode, await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', arguments)} did not end within {Patience:c}. It said: {await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken)}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    /// <summary>The published executable, left running. Whoever starts it ends it.</summary>
    public static Process StartMimhybrid(params string[] arguments) => Start("/dev/null", "/dev/null", [PublishedProduct.Executable, .. arguments]);

    /// <summary>A file or folder of this machine, as Wine names it.</summary>
    public static string PathOf(string path) => "Z:" + path.Replace('/', '\\');

    public ValueTask DisposeAsync()
    {
        if (keptAlive is { HasExited: false }) keptAlive.Kill(entireProcessTree: true);
        keptAlive?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Output goes to a file: Wine's own server would inherit a pipe, and hold it open for as long as it lives.</summary>
    private static Process Start(string input, string output, string[] arguments) => Programs.Start(
        "/bin/sh", ["-c", "exec \"$0\" \"$@\" < \"$WINE_INPUT\" > \"$WINE_OUTPUT\" 2>&1", Loader, .. arguments], [.. Environment, ("WINE_INPUT", input), ("WINE_OUTPUT", output)]);

    private static async Task<string?> MissingAsync()
    {
        var user = System.Environment.UserName;
        if (WhyNot(System.Environment.GetEnvironmentVariable(Without), File.Exists(Loader), isDebian: File.Exists("/etc/debian_version"), user) is { } reason) return reason;
        if (File.Exists(Loader)) return null;
        Say("Installing wine64 with apt-get (700 MB, from a quarter of a minute on)...");
        // Other test runs or an administrator may hold apt's lock; it waits for them.
        var updated = await Programs.RunAsync("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=120", "update"], InstallPatience);
        var installed = await Programs.RunAsync("apt-get", ["-qq", "-y", "-o", "DPkg::Lock::Timeout=120", "--no-install-recommends", "install", "wine64"], InstallPatience, ("DEBIAN_FRONTEND", "noninteractive"));
        return File.Exists(Loader) ? null : $"apt-get could not install wine64 (update {updated.Code}, install {installed.Code}): {installed.Output}";
    }

    /// <summary>Why there is no Wine here and none can be had; null when it is here, or can be installed.</summary>
    internal static string? WhyNot(string? without, bool isThere, bool isDebian, string user) => (without, isThere, isDebian, user) switch
    {
        ({ Length: > 0 }, _, _, _) => $"The environment variable {Without} is set.",
        (_, true, _, _) or (_, _, true, "root") => null,
        (_, _, true, _) => "Wine is missing, and only root can install it: apt-get install --no-install-recommends wine64",
        _ => "Wine is installed by itself on Debian only.",
    };

    private static async Task MakePrefixAsync()
    {
        var ready = Path.Combine(Prefix, "ready");
        if (File.Exists(ready)) return;
        if (Directory.Exists(Prefix)) Directory.Delete(Prefix, recursive: true);
        Directory.CreateDirectory(Prefix);
        Say("Making a Windows for the tests...");
        (await RunAsync("wineboot", "--init")).Well();
        (await RunAsync("reg", "add", @"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")).Well();
        await File.WriteAllTextAsync(ready, "");
    }

    /// <summary>
    /// A process that starts while the session before it ends finds that session's mark, starts no services, and has none for as long as
    /// it lives (seen: service control and Task Scheduler end with 1 and say nothing). So each run begins with a session of its own.
    /// </summary>
    private static Task EndSessionAsync() => Programs.RunAsync(Server, ["--kill"], Patience, Environment); // 1 when there was none

    private static async Task ServicesAnswerAsync()
    {
        var asked = new Ended(0, "");
        for (var look = 0; look < Looks; look++)
        {
            asked = await RunAsync("sc", "query", "Schedule");
            if (asked.Code == 0 && asked.Output.Contains("STATE", StringComparison.Ordinal)) return;
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"Wine's service control did not answer: {asked.Code} {asked.Output}");
    }

    private static void Say(string line)
    {
        Console.Error.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}
