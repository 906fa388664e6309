using System.Text.RegularExpressions;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>Whatever the executable prints, it is never a secret, a token or a delta link.</summary>
public sealed partial class SecretsTests : IDisposable
{
    private const string Planted = "planted-7f3a-secret";

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
        string[] real =
        [
            "--data", data.Path, "--set", "SyncServer:Connection=Sandbox", "--set", "BootDelay=00:00:00",
            "--set", "Graph:BaseUrl=https://127.0.0.1:1/v1.0", "--set", "Graph:AuthorityHost=https://127.0.0.1:1/",
            "--set", "Graph:TenantId=contoso.example", "--set", "Graph:ClientId=6a0c1f0e-6f4f-4f57-9d5a-0b6a4a1d2c11",
        ];
        var said = await SaidByAsync(["run", "--dry-run", "--verbose", .. real]);
        var wrong = await Mimhybrid.RunAsync(["run", .. real, "--set", "Graph:WarnBeforeExpiry=soon", "--set", "Graph:Proxy=http://me:" + Planted + "@proxy"], Credential);

        Assert.Contains("127.0.0.1", said, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"ClientSecret\"", said, StringComparison.Ordinal);
        Assert.Contains("\"expiresAt\":\"2026-01-01", said, StringComparison.Ordinal);
        Assert.Contains("The client secret expired on 2026-01-01", said, StringComparison.Ordinal);
        Assert.Equal(3, wrong.Code);
        Assert.DoesNotContain(Planted, said + string.Join('\n', wrong.Output), StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => data.Dispose();

    private static (string, string)[] Credential =>
        [("MIMHYBRID_Graph__ClientSecret", Planted), ("MIMHYBRID_Graph__ClientSecretExpires", "2026-01-01"), ("MIMHYBRID_Sandbox__StepDuration", "00:00:00")];

    /// <summary>All that a run prints, and all that can be asked of its data folder afterwards.</summary>
    private async Task<string> SaidByAsync(string[] run)
    {
        string[][] questions = [["status"], ["status", "--json"], ["log"], ["log", "--json"]];
        List<string> said = [.. (await Mimhybrid.RunAsync(run, Credential)).Output];
        foreach (var question in questions) said.AddRange((await Mimhybrid.RunAsync([.. question, "--data", data.Path])).Output);
        return string.Join('\n', said);
    }

    [GeneratedRegex("\"clientSecret\":\"([^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex("(delta|skip)token|eyJ|access_token", RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
