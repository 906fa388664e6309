using System.Text.RegularExpressions;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>Whatever the executable prints, it is never a secret, a token or a delta link.</summary>
public sealed partial class SecretsTests : IDisposable
{
    private const string Planted = "planted-7f3a-secret";
    private const string PlantedKey = "7f3a7f3a-0000-4000-8000-7f3a7f3a7f3a";

    private readonly DataDirectory data = new();

    [Fact]
    public async Task Runs_logs_and_status_of_the_sandbox_tell_nothing()
    {
        var said = await SaidByAsync(["run", "--sandbox", "--once", "--verbose", "--data", data.Path]);
        var secret = Secret().Match(await File.ReadAllTextAsync(Path.Combine(data.Path, "sandbox", "tenant.jsonl"), TestContext.Current.CancellationToken)).Groups[1].Value;

        Assert.NotEmpty(secret);
        Assert.DoesNotContain(secret, said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Token(), said);
    }

    [Fact]
    public async Task Neither_does_a_sign_in_that_fails_or_a_setting_that_is_wrong()
    {
        var said = await SaidByAsync(["run", "--dry-run", "--verbose", .. Real]);
        var wrong = await Mimhybrid.RunAsync(["run", .. Real, "--set", "Graph:WarnBeforeExpiry=soon", "--set", "Graph:Proxy=http://me:" + Planted + "@proxy"], Credential);

        Assert.Contains("127.0.0.1", said, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"ClientSecret\"", said, StringComparison.Ordinal);
        Assert.Contains("\"expiresAt\":\"2026-01-01", said, StringComparison.Ordinal);
        Assert.Contains("The client secret expired on 2026-01-01", said, StringComparison.Ordinal);
        Assert.Equal(3, wrong.Code);
        Assert.DoesNotContain(Planted, said + string.Join('\n', wrong.Output), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What an administrator asks before the first run, with secrets in every setting that may hold one, the valid and the invalid.</summary>
    [Theory]
    [InlineData("valid", "Telemetry:OtlpEndpoint=http://127.0.0.1:1")]
    [InlineData("in the wrong box", "Telemetry:OtlpEndpoint=http://me:" + Planted + "@collector", "Graph:Proxy=http://me:" + Planted + "@proxy", "Telemetry:Proxy=http://me:" + Planted + "@proxy")]
    [InlineData("malformed", "Telemetry:OtlpEndpoint=http://127.0.0.1:1", "Telemetry:OtlpHeaders=" + Planted, "Telemetry:AzureMonitorConnectionString=Ingestion;" + Planted)]
    public async Task Neither_does_what_can_be_asked_about_the_settings(string kind, params string[] settings)
    {
        string[][] questions = [["check"], ["check", "--json"], ["config", "show"], ["config", "show", "--json"], ["task", "show"], ["status"], ["statsu"], ["alerts"], ["alerts", "test"]];
        foreach (var question in questions)
        {
            var (_, output) = await Mimhybrid.RunAsync([.. question, .. Real, .. settings.SelectMany(setting => new[] { "--set", setting })], [.. Credential, .. Telemetry, .. Alerts]);
            Assert.True(output.Count > 0, kind);
            Assert.DoesNotContain(output, line => line.Contains(Planted, StringComparison.OrdinalIgnoreCase) || line.Contains(PlantedKey, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Nor_a_run_whose_telemetry_goes_nowhere()
    {
        var said = await SaidByAsync(["run", "--sandbox", "--once", "--verbose", "--data", data.Path, "--set", "Telemetry:OtlpEndpoint=http://127.0.0.1:1"], Telemetry);
        Assert.Contains("Succeeded", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(PlantedKey, said, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A trouble is told over channels that are not there, full of secrets: what was written down and said of it has none.</summary>
    [Fact]
    public async Task Nor_alerts_whose_channels_go_nowhere()
    {
        var report = Path.Combine(data.Path, "report.html");
        var said = await SaidByAsync(
            ["run", "--sandbox", "no-credentials", "--for", "00:00:45", "--verbose", "--data", data.Path, "--set", $"RunLog:Report={report}"], Alerts);
        said += string.Join('\n', (await Mimhybrid.RunAsync(["alerts", "--all", "--data", data.Path], Alerts)).Output);

        Assert.Contains("A message over Mail:Admins could not be sent", said, StringComparison.Ordinal);
        Assert.Contains("A message over Webhook:Ops could not be sent", said, StringComparison.Ordinal);
        Assert.Contains("The heartbeat does not arrive. The address of the heartbeat cannot be reached.", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, said, StringComparison.OrdinalIgnoreCase);
        var files = Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories).ToList();
        Assert.Contains(report, files);
        foreach (var file in files) // the store, and whatever else the agent leaves
        {
            var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            Assert.False(content.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Planted)) >= 0, $"{file} has a secret.");
        }
    }

    public void Dispose() => data.Dispose();

    private string[] Real =>
    [
        "--data", data.Path, "--set", "SyncServer:Connection=Sandbox", "--set", "BootDelay=00:00:00",
        "--set", "Graph:BaseUrl=https://127.0.0.1:1/v1.0", "--set", "Graph:AuthorityHost=https://127.0.0.1:1/",
        "--set", "Graph:TenantId=contoso.example", "--set", "Graph:ClientId=6a0c1f0e-6f4f-4f57-9d5a-0b6a4a1d2c11",
    ];

    private static (string, string)[] Credential =>
        [("MIMHYBRID_Graph__ClientSecret", Planted), ("MIMHYBRID_Graph__ClientSecretExpires", "2026-01-01"), Pace.Fast];

    private static (string, string)[] Telemetry =>
    [
        ("MIMHYBRID_Telemetry__OtlpHeaders", "api-key=" + Planted),
        ("MIMHYBRID_Telemetry__AzureMonitorConnectionString", $"InstrumentationKey={PlantedKey};IngestionEndpoint=https://127.0.0.1:1/"),
    ];

    /// <summary>A secret in each place of a channel that may hold one.</summary>
    private static (string, string)[] Alerts =>
    [
        ("MIMHYBRID_Alerts__Mail__Admins__Server", "127.0.0.1"), ("MIMHYBRID_Alerts__Mail__Admins__Port", "1"), ("MIMHYBRID_Alerts__Mail__Admins__SignIn", "Password"),
        ("MIMHYBRID_Alerts__Mail__Admins__User", "mimhybrid"), ("MIMHYBRID_Alerts__Mail__Admins__Password", Planted),
        ("MIMHYBRID_Alerts__Mail__Admins__From", "mimhybrid@contoso.example"), ("MIMHYBRID_Alerts__Mail__Admins__To__0", "identity@contoso.example"),
        ("MIMHYBRID_Alerts__Webhook__Ops__Address", $"https://127.0.0.1:1/{Planted}"), ("MIMHYBRID_Alerts__Webhook__Ops__SigningKey", Planted),
        ("MIMHYBRID_Alerts__Webhook__Ops__Headers__X-Api-Key", Planted), ("MIMHYBRID_Alerts__Heartbeat__Address", $"https://127.0.0.1:1/{Planted}"),
    ];

    /// <summary>All that a run prints, and all that can be asked of its data folder afterwards.</summary>
    private async Task<string> SaidByAsync(string[] run, params (string, string)[] environment)
    {
        string[][] questions = [["status"], ["status", "--json"], ["log"], ["log", "--json"]];
        List<string> said = [.. (await Mimhybrid.RunAsync(run, [.. Credential, .. environment])).Output];
        foreach (var question in questions) said.AddRange((await Mimhybrid.RunAsync([.. question, "--data", data.Path])).Output);
        return string.Join('\n', said);
    }

    [GeneratedRegex("\"clientSecret\":\"([^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex("(delta|skip)token|eyJ|access_token", RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
