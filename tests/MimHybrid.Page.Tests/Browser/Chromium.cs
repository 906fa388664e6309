using System.Diagnostics;
using MimHybrid.Page.Tests.Scenes;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(MimHybrid.Page.Tests.Browser.Chromium))]

namespace MimHybrid.Page.Tests.Browser;

/// <summary>Debian's Chromium, one for all tests. Whatever a page asks of any other machine goes through a proxy that counts, and leads nowhere.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>An environment variable with which these tests are left out, as they are where Chromium cannot be had.</summary>
    public const string Without = "MIMHYBRID_TEST_WITHOUT_CHROMIUM";

    private const string Program = "/usr/bin/chromium";

    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(6);

    private static readonly string[] arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-extensions", "--disable-features=AutofillServerCommunication", "--disable-dev-shm-usage", "--font-render-hinting=none", "--hide-scrollbars",
    ];

    private readonly CountingProxy proxy = new();
    private string? leftOut;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>What pages have asked of other machines; what the browser itself asks its maker is not among it.</summary>
    internal IReadOnlyCollection<string> AskedElsewhere => proxy.Asked;

    public async ValueTask InitializeAsync()
    {
        leftOut = await MissingAsync();
        if (leftOut is not null) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Headless = true,
            Args = arguments,
        });
    }

    /// <summary>Skips the test, with the reason, where there is no Chromium. What a fixture writes itself, "dotnet test" shows nobody; the reason of a skipped test it does.</summary>
    public void Need() => Assert.SkipWhen(leftOut is not null, $"LEFT OUT: the tests in a browser. {leftOut}");

    /// <summary>A window of its own, with what it complains about.</summary>
    internal async Task<Window> OpenAsync(Reader reader)
    {
        Need();
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ReducedMotion = ReducedMotion.Reduce,
            Proxy = new Proxy { Server = proxy.Address, Bypass = "127.0.0.1,[::1]" },
        });
        var window = new Window(context, await context.NewPageAsync(), reader);
        await window.EnterAsync();
        return window;
    }

    /// <summary>An empty page of that width.</summary>
    internal async Task<IPage> OpenNarrowAsync(int width, ColorScheme scheme)
    {
        Need();
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = scheme,
            Proxy = new Proxy { Server = proxy.Address },
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        proxy.Dispose();
    }

    private static async Task<string?> MissingAsync()
    {
        if (WhyNot(Environment.GetEnvironmentVariable(Without), File.Exists(Program), File.Exists("/etc/debian_version"), Environment.UserName) is { } reason)
            return reason;
        if (File.Exists(Program)) return null;
        await Console.Error.WriteLineAsync("Installing chromium with apt-get (410 MB, from a quarter of a minute on)...");
        // Other test runs or an administrator may hold apt's lock; it waits for them.
        await AptAsync("update");
        var said = await AptAsync("-y", "--no-install-recommends", "install", "chromium", "fonts-dejavu-core");
        return File.Exists(Program) ? null : $"apt-get could not install chromium: {said}";
    }

    /// <summary>Why there is no Chromium here and none can be had; null when it is here, or can be installed.</summary>
    internal static string? WhyNot(string? without, bool isThere, bool isDebian, string user) => (without, isThere, isDebian, user) switch
    {
        ({ Length: > 0 }, _, _, _) => $"The environment variable {Without} is set.",
        (_, true, _, _) or (_, _, true, "root") => null,
        (_, _, true, _) => "Chromium is missing, and only root can install it: apt-get install --no-install-recommends chromium fonts-dejavu-core",
        _ => "Chromium is installed by itself on Debian only.",
    };

    private static async Task<string> AptAsync(params string[] words)
    {
        var start = new ProcessStartInfo("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=120", .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        await process.WaitForExitAsync(CancellationToken.None).WaitAsync(InstallPatience);
        return string.Join(Environment.NewLine, await output);
    }
}
