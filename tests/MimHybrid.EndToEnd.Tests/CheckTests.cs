using System.Text.Json;
using static MimHybrid.Testing.Pace;

namespace MimHybrid.EndToEnd.Tests;

/// <summary><c>mimhybrid check</c> and <c>mimhybrid config show</c> as processes.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Planted = "planted-7f3a-secret";

    private readonly DataDirectory data = new();

    private string[] Nowhere =>
    [
        "--data", data.Path, "--set", "Graph:BaseUrl=https://127.0.0.1:1/v1.0", "--set", "Graph:AuthorityHost=https://127.0.0.1:1/",
        "--set", "Graph:TenantId=contoso.example", "--set", "Graph:ClientId=6a0c1f0e-6f4f-4f57-9d5a-0b6a4a1d2c11",
    ];

    [Fact]
    public async Task The_sandbox_is_well_and_nothing_is_left_behind()
    {
        var (code, output) = await Mimhybrid.RunAsync(["check", "--sandbox", "--data", data.Path]);
        Assert.Equal(0, code);
        Assert.StartsWith("All is well: ", output[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(output, line => line.StartsWith("failed", StringComparison.Ordinal) || line.StartsWith("warning", StringComparison.Ordinal));
        Assert.Contains(output, line => line.StartsWith("ok       graph", StringComparison.Ordinal));
        // What to do stands behind the last of those that one cause explains.
        Assert.Contains("; ", output.Last(line => line.StartsWith("skipped  run-profiles", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("; ", output.Last(line => line.StartsWith("skipped", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFileSystemEntries(data.Path), path => Assert.Equal("agent.lock", Path.GetFileName(path)));
    }

    [Fact]
    public async Task An_agent_that_runs_is_seen_and_not_disturbed()
    {
        using var agent = Mimhybrid.Start(["run", "--sandbox", "--data", data.Path], Fast, Quiet);
        await agent.SaysAsync("Idle:");
        var before = await data.StatusAsync();

        var (code, output) = await Mimhybrid.RunAsync(["check", "--sandbox", "--data", data.Path, "--json"]);
        Assert.Equal(0, code);
        var checks = JsonDocument.Parse(Assert.Single(output)).RootElement.GetProperty("checks").EnumerateArray().ToList();
        Assert.Contains("runs (process", checks.Single(check => check.GetProperty("name").GetString() == "agent").GetProperty("saw").GetString(), StringComparison.Ordinal);
        Assert.All(checks, check => Assert.Contains(check.GetProperty("state").GetString(), new[] { "ok", "skipped" }));

        var after = await data.StatusAsync();
        Assert.Equal(before.GetProperty("guests").GetInt32(), after.GetProperty("guests").GetInt32());
        Assert.Equal("Waiting", after.GetProperty("state").GetString());
        Assert.Single(await data.RunLogAsync());
        agent.Interrupt();
        Assert.Equal(130, await agent.ExitAsync());
        Assert.DoesNotContain(agent.Output, line => line.Contains("Warning:", StringComparison.Ordinal) || line.Contains("Error:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_found_is_written_to_a_file_whole_in_place_of_what_was_there()
    {
        var file = Path.Combine(data.Path, "found.txt");
        await File.WriteAllTextAsync(file, "of yesterday", TestContext.Current.CancellationToken);

        var (code, output) = await Mimhybrid.RunAsync(["check", "--output", file, .. Nowhere]);

        Assert.Equal(4, code);
        Assert.Empty(output);
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        Assert.StartsWith("ok       program", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("failed   settings", StringComparison.Ordinal));
        Assert.StartsWith("Start with the first that failed, then check again: 1 failed", lines[^1], StringComparison.Ordinal);
        Assert.Equal("found.txt", Assert.Single(Directory.EnumerateFileSystemEntries(data.Path).Select(Path.GetFileName)));
    }

    [Fact]
    public async Task What_was_found_and_cannot_be_written_is_printed_and_counts_as_failed()
    {
        var (code, output) = await Mimhybrid.RunAsync(["check", "--sandbox", "--data", data.Path, "--output", Path.Combine(data.Path, "no", "where.txt")]);

        Assert.Equal(4, code);
        Assert.Contains(output, line => line.StartsWith("All is well: ", StringComparison.Ordinal));
        Assert.Contains(output, line => line.Contains("--output is", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_failed_ends_with_4_and_secrets_are_not_told()
    {
        var (code, output) = await Mimhybrid.RunAsync(["check", .. Nowhere], ("MIMHYBRID_Graph__ClientSecret", Planted));
        Assert.Equal(4, code);
        Assert.Contains(output, line => line.StartsWith("failed   sign-in", StringComparison.Ordinal));
        Assert.Contains(output, line => line.StartsWith("failed   sync-server", StringComparison.Ordinal) && line.Contains("Windows", StringComparison.Ordinal));
        Assert.DoesNotContain(output, line => line.Contains(Planted, StringComparison.Ordinal));
    }

    /// <summary>As in a scheduled task of an account whose profile Windows could not load. The agent needs none either.</summary>
    [Fact]
    public async Task An_account_without_a_temporary_folder_is_checked_all_the_same()
    {
        var nowhere = Path.Combine(data.Path, "nowhere");

        var (code, output) = await Mimhybrid.RunAsync(["check", .. Nowhere], ("MIMHYBRID_Graph__ClientSecret", Planted), ("TMPDIR", nowhere), ("TMP", nowhere), ("TEMP", nowhere));

        Assert.Equal(4, code);
        Assert.Contains(output, line => line.StartsWith("failed   sign-in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invalid_settings_are_a_failed_check_and_settings_that_cannot_be_read_end_with_3()
    {
        var (invalid, output) = await Mimhybrid.RunAsync(["check", .. Nowhere, "--set", "BootDelay=soon", "--set", "Bootdelai=1"]);
        Assert.Equal(4, invalid);
        Assert.Contains(output, line => line.StartsWith("failed   settings", StringComparison.Ordinal) && line.Contains("BootDelay", StringComparison.Ordinal));
        Assert.Contains(output, line => line.StartsWith("failed   settings", StringComparison.Ordinal) && line.Contains("Bootdelai", StringComparison.Ordinal));
        Assert.Contains(output, line => line.StartsWith("skipped  sign-in            not looked at: needs settings (the same: graph, ", StringComparison.Ordinal));

        var (missing, words) = await Mimhybrid.RunAsync(["check", "--data", data.Path, "--config", Path.Combine(data.Path, "nowhere.json")]);
        Assert.Equal(3, missing);
        Assert.Contains(words, line => line.StartsWith("ok       data-folder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_are_shown_with_their_source_and_without_secrets()
    {
        var (code, output) = await Mimhybrid.RunAsync(["config", "show", "--json", .. Nowhere], ("MIMHYBRID_Graph__ClientSecret", Planted));
        Assert.Equal(0, code);
        var settings = JsonDocument.Parse(Assert.Single(output)).RootElement.GetProperty("settings").EnumerateArray()
            .ToDictionary(setting => setting.GetProperty("name").GetString()!, setting => (setting.GetProperty("value").GetString(), setting.GetProperty("source").GetString()));
        Assert.Equal(("(set; not shown)", "environment variable MIMHYBRID_Graph__ClientSecret"), settings["Graph:ClientSecret"]);
        Assert.Equal(("contoso.example", "command line"), settings["Graph:TenantId"]);
        Assert.Equal(("00:15:00", "default"), settings["BootDelay"]);
        Assert.DoesNotContain(Planted, output[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_invalid_are_shown_all_the_same_with_exit_code_3()
    {
        var (code, output) = await Mimhybrid.RunAsync(["config", "show", .. Nowhere, "--set", "BootDelay=soon"]);
        Assert.Equal(3, code);
        Assert.Contains(output, line => line.StartsWith("Graph:TenantId", StringComparison.Ordinal) && line.Contains("contoso.example", StringComparison.Ordinal));
        Assert.Contains(output, line => line.Contains("BootDelay is 'soon'", StringComparison.Ordinal));
    }

    public void Dispose() => data.Dispose();
}
