using System.Globalization;
using System.Text.RegularExpressions;
using static MimHybrid.Testing.Pace;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>
/// What the executable prints with <c>--json</c>, byte for byte, but for what is another on each machine and at each run: that stands in
/// braces. A line break before each object of a list is for the reader of the approved file; each command prints one line.
/// </summary>
public sealed partial class JsonTests : IDisposable
{
    private static readonly (string, string) secret = ("MIMHYBRID_Graph__ClientSecret", "planted-7f3a-secret");

    private readonly DataDirectory data = new();

    /// <summary>Settings that are in order, and a management agent of a type that brings no guests.</summary>
    private static string[] GuestsOfADirectory =>
    [
        "--set", "GuestSource=ADMA",
        "--set", "Sequences:ChangeDriven:0:ManagementAgent=ADMA", "--set", "Sequences:ChangeDriven:0:RunProfile=Full Import (Stage Only)",
    ];

    private string[] Unreachable =>
    [
        "--data", Path.Combine(data.Path, "nowhere"), "--set", "SyncServer:Connection=Sandbox",
        "--set", "Graph:TenantId=contoso.example", "--set", "Graph:ClientId=5ed8cf2d-2c34-4f69-a5f9-5b5a3a6f5a01",
        "--set", "Graph:BaseUrl=https://localhost:1/v1.0", "--set", "Graph:AuthorityHost=https://localhost:1/",
    ];

    /// <summary>All is well, something is worth a warning, something failed; and settings with which nothing can be looked at.</summary>
    [Fact]
    public async Task Check()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are more checks on Windows, and they see the server that it is.");
        string[] sandbox = ["--sandbox", "--data", Path.Combine(data.Path, "nowhere")];
        await MatchAsync("check.json",
            await SayAsync(0, ["check", "--json", .. sandbox]),
            await SayAsync(0, ["check", "--json", .. sandbox, .. GuestsOfADirectory]),
            await SayAsync(4, ["check", "--json", .. Unreachable]),
            await SayAsync(4, ["check", "--json", .. Unreachable, "--set", "BootDelay=<soon> \"or\" später", "--set", "Bootdelai=1"]),
            await SayAsync(3, ["check", "--json", "--data", data.Path, "--config", Path.Combine(data.Path, "nowhere.json")]));
    }

    /// <summary>Each source but <c>the account of this process</c>, which only Windows has; and errors, all of them.</summary>
    [Fact]
    public async Task Config_show()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There, the account of this process is a setting with a source of its own.");
        var file = Path.Combine(data.Path, "settings.json");
        await File.WriteAllTextAsync(
            file,
            """
            {
              "Retries": { "First": "00:00:07" },
              "Functions": { "GuestChanges": { "PollInterval": "00:01:00" } },
              "MaintenanceWindows": [ { "Cron": "0 2 * * SUN", "Duration": "04:00:00" } ],
              "Sequences": { "Größe <\"& Co\">": [ { "ManagementAgent": "AADMA", "RunProfile": "Delta Import (Stage Only)" } ] }
            }
            """,
            TestContext.Current.CancellationToken);
        string[] show = ["config", "show", "--json", "--data", data.Path];
        string[] everySource = ["--sandbox", "hanging-step", "--config", file, "--set", "Backoff:First=00:00:09"];
        await MatchAsync("config-show.json",
            await SayAsync(0, [.. show, .. everySource], ("MIMHYBRID_removalguard__COUNT", "7")),
            await SayAsync(3, [.. show, "--set", "BootDelay=<soon> \"or\" später", "--set", "Bootdelai=1"]));
    }

    /// <summary>Before any agent has run, and after a first round in the sandbox; of each, all that scripts can rely on.</summary>
    [Fact]
    public async Task Status_and_log()
    {
        // Whatever the time of the day: of the timers, the one of the hour is due first.
        var later = string.Create(CultureInfo.InvariantCulture, $"0 0 1 {TimeProvider.System.GetUtcNow().AddMonths(6).Month} *");
        (string, string)[] timers = [("MIMHYBRID_Functions__NightlyCycle__Cron", later), ("MIMHYBRID_Functions__WeeklyFull__Cron", later)];
        var nowhere = await SayAsync(0, ["status", "--json", "--sandbox", "--data", Path.Combine(data.Path, "nowhere")]);
        Assert.Equal(0, (await Mimhybrid.RunAsync(["run", "--once", "--sandbox", "--data", data.Path], [Fast, Quiet, .. timers])).Code);
        await MatchAsync("status-and-log.json",
            nowhere,
            await SayAsync(0, ["status", "--json", "--sandbox", "--data", data.Path], [Quiet, .. timers]),
            await SayAsync(0, ["log", "--json", "--data", data.Path]));
    }

    public void Dispose() => data.Dispose();

    /// <summary>The one line on the standard output; notes and errors go elsewhere.</summary>
    private static async Task<string> SayAsync(int expected, string[] arguments, params (string, string)[] environment)
    {
        var (code, output) = await Mimhybrid.RunAsync(arguments, [secret, .. environment]);
        Assert.Equal(expected, code);
        return Assert.Single(output, line => line.StartsWith('{'));
    }

    private Task MatchAsync(string name, params string[] lines) => Approved.MatchesAsync(
        string.Concat(lines.Select(line => WithoutWhatDiffers(line).Replace(",{\"", ",\n{\"", StringComparison.Ordinal) + "\n\n")),
        name);

    private string WithoutWhatDiffers(string line)
    {
        line = line.Replace(data.Path, "{data}", StringComparison.Ordinal);
        line = line.Replace(Mimhybrid.Folder, "{program}/", StringComparison.Ordinal);
        line = Machine().Replace(line, "MimHybrid {version} as {account} on {machine}\"");
        line = Account().Replace(line, "\"saw\":\"{account} may $1");
        line = Space().Replace(line, "\"{size} free\"");
        line = Moment().Replace(line, "\"{time}\"");
        return Clock().Replace(line, "$1{time}");
    }

    [GeneratedRegex("MimHybrid [^ ]+ as [^\"]+ on [^\"]+\"", RegexOptions.CultureInvariant)]
    private static partial Regex Machine();

    [GeneratedRegex("\"saw\":\"[^\"]+ may (look|write)", RegexOptions.CultureInvariant)]
    private static partial Regex Account();

    [GeneratedRegex("\"[0-9.]+ [A-Z]B free\"", RegexOptions.CultureInvariant)]
    private static partial Regex Space();

    [GeneratedRegex(@"""\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z""", RegexOptions.CultureInvariant)]
    private static partial Regex Moment();

    [GeneratedRegex(@"((?:until|is due at) )(?:\d{4}-\d\d-\d\d )?\d\d:\d\d(?::\d\d)?", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
