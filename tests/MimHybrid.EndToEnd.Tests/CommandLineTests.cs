using MimHybrid.Agent;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Commands;
using MimHybrid.Sandbox.Rehearsals;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>What the command line answers to what people get wrong.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly DataDirectory data = new();

    [Fact]
    public async Task Bad_settings_are_all_told_at_once_with_exit_code_3()
    {
        var file = Write("""{ "BootDelay": "soon", "Bootdelai": "1", "Backoff": { "First": "-1" }, "Functions": { "FallbackCycle": { "Sequence": "Fulll" } } }""");
        var (code, output) = await Mimhybrid.RunAsync(["run", "--data", data.Path, "--config", file], ("MIMHYBRID_Graph__AuthorityHost", "http://nowhere/"));

        Assert.Equal(3, code);
        foreach (var name in new[] { "BootDelay", "Bootdelai", "Backoff:First", "Functions:FallbackCycle:Sequence", "Graph:TenantId", "Graph:ClientId", "Graph:AuthorityHost" })
            Assert.Contains(output, line => line.Contains(name, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(data.Path, "agent.*"));
    }

    [Theory]
    [InlineData("{ \"BootDelay\": ")]
    [InlineData("[1]")]
    public async Task A_settings_file_that_is_no_json_is_told_in_words(string text)
    {
        var (code, output) = await Mimhybrid.RunAsync(["run", "--data", data.Path, "--config", Write(text)]);
        Assert.Equal(3, code);
        Assert.DoesNotContain(output, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("run", "--for", "a while")]
    [InlineData("run", "--sequence", "Full")]
    [InlineData("log", "--last", "0")]
    [InlineData("log", "--since", "yesterday-ish")]
    [InlineData("log", "3", "--failed")]
    [InlineData("log", "three")]
    [InlineData("log", "--follow", "--json")]
    [InlineData("guest", " ")]
    [InlineData("run", "--set", "BootDelay")]
    [InlineData("run", "--for", "40")]
    [InlineData("run", "--for", "100.00:00:00")]
    [InlineData("run", "--for", "1200:00:00")]
    [InlineData("config", "show", "--config", "")]
    [InlineData("status", "--data", "")]
    [InlineData("check", "--output", " ")]
    [InlineData("--force", "status")]
    [InlineData("status", "--watch", "--json")]
    [InlineData("--dry-run", "log")]
    [InlineData("run", "--sandbox", "foreign-run", "--once")]
    public async Task A_wrong_command_line_ends_with_exit_code_2(params string[] arguments) =>
        Assert.Equal(2, (await Mimhybrid.RunAsync(arguments)).Code);

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("log", "--help")]
    [InlineData("status", "-h")]
    [InlineData("approve", "removals", "--help")]
    public async Task Help_shows_examples_and_exit_codes(params string[] arguments)
    {
        var (code, output) = await Mimhybrid.RunAsync(arguments);
        Assert.Equal(0, code);
        Assert.Contains("Examples:", output);
        Assert.Contains(output, line => line.Contains("130  cancelled", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "run", "--help")]
    [InlineData(2, "run", "--sandbox", "flood")]
    public async Task Help_and_an_unknown_name_list_all_rehearsals(int expected, params string[] arguments)
    {
        var (code, output) = await Mimhybrid.RunAsync(arguments);
        Assert.Equal(expected, code);
        Assert.Equal(18, Rehearsal.All.Count);
        Assert.All(Rehearsal.All, rehearsal => Assert.Contains(output, line => line.Contains(rehearsal.Name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Switches_mean_the_same_on_either_side_of_the_command()
    {
        Assert.Equal(0, (await Mimhybrid.RunAsync(["--data", data.Path, "--sandbox", "--once", "run"], Pace.Fast)).Code);
        var (_, output) = await Mimhybrid.RunAsync(["--data", data.Path, "status"]);
        Assert.Contains(output, line => line.StartsWith("Last    cycle 1, ", StringComparison.Ordinal));
    }

    /// <summary>The sandbox's tenant and MIM live in the folder, and the agent that runs there has them.</summary>
    [Fact]
    public async Task Beside_an_agent_the_sandbox_cannot_be_discovered_and_that_is_said()
    {
        using var agent = DataFolder.TryLock(data.Path);

        var (code, output) = await Mimhybrid.RunAsync(["config", "discover", "--sandbox", "--data", data.Path]);

        Assert.Equal(ExitCode.DataFolderHeld, code);
        Assert.Contains($"An agent runs on the sandbox in {data.Path}", Assert.Single(output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Monitoring_reads_the_verdict_from_the_exit_code()
    {
        Assert.Equal(4, (await Mimhybrid.RunAsync(["status", "--exit-code", "--data", data.Path])).Code);
        Assert.Equal(0, (await Mimhybrid.RunAsync(["--data", data.Path, "--sandbox", "--once", "run"], Pace.Fast)).Code);
        var (code, output) = await Mimhybrid.RunAsync(["status", "--exit-code", "--data", data.Path]);
        Assert.Equal((1, "! No agent runs: nobody looks for guest changes"), (code, output[0]));
        using var agent = Mimhybrid.Start(["run", "--sandbox", "--data", data.Path], Pace.Fast, Pace.Quiet);
        await agent.SaysAsync("Idle: ");
        Assert.Equal(0, (await Mimhybrid.RunAsync(["status", "--exit-code", "--data", data.Path])).Code);
    }

    [Fact]
    public async Task The_run_log_is_a_list_a_cycle_or_a_file()
    {
        Assert.Equal(0, (await Mimhybrid.RunAsync(["--data", data.Path, "--sandbox", "--once", "run"], Pace.Fast)).Code);
        Assert.Contains(await SayAsync(["log"]), line => line.Contains("  1       timed (", StringComparison.Ordinal));
        Assert.Contains(await SayAsync(["log", "--failed", "--since", "2d"]), line => line == "No cycle matches.");
        Assert.Contains(await SayAsync(["log", "1"]), line => line.StartsWith("Cycle 1  ", StringComparison.Ordinal));
        Assert.Equal(2, (await Mimhybrid.RunAsync(["log", "99", "--data", data.Path])).Code);
        Assert.Contains(await SayAsync(["guest", "nobody of that name"]), line => line.StartsWith("No guest matches", StringComparison.Ordinal));

        var file = Path.Combine(data.Path, "log.csv");
        await SayAsync(["log", "--csv", file]);
        Assert.Equal(2, (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length);

        async Task<IReadOnlyList<string>> SayAsync(string[] command)
        {
            var (code, output) = await Mimhybrid.RunAsync([.. command, "--data", data.Path]);
            Assert.Equal(0, code);
            return output;
        }
    }

    [Fact]
    public async Task Without_a_command_the_state_is_shown_and_no_agent_starts()
    {
        string[][] nothing = [[], ["--sandbox"], ["--set", "BootDelay=00:00:00"], ["--verbose"]];
        foreach (var command in nothing)
        {
            var (code, output) = await Mimhybrid.RunAsync([.. command, "--data", data.Path]);
            Assert.Equal(0, code);
            Assert.Contains(output, line => line.Contains("No agent has run on the data folder", StringComparison.Ordinal));
            Assert.Contains(output, line => line.StartsWith("mimhybrid run", StringComparison.Ordinal));
        }

        Assert.Empty(Directory.GetFiles(data.Path, "agent*"));
    }

    /// <summary>A task that somebody made by hand, without an argument, has meant the agent, and goes on to.</summary>
    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public void Without_a_command_only_a_task_or_a_service_starts_an_agent(bool asksForRun, bool isUnattended, bool starts) =>
        Assert.Equal(starts, BareCommand.MeansAgent(asksForRun, isUnattended));

    [Theory]
    [InlineData("statsu", "status")]
    [InlineData("lgo", "log")]
    public async Task A_typing_mistake_is_told_in_a_few_lines(string typed, string meant)
    {
        var (code, output) = await Mimhybrid.RunAsync([typed, "--data", data.Path]);
        Assert.Equal(2, code);
        Assert.Contains(output, line => line.Contains(meant, StringComparison.Ordinal));
        Assert.True(output.Count < 6, string.Join(Environment.NewLine, output));
    }

    [Fact]
    public async Task Wrong_settings_name_their_file_and_a_number_alone_is_explained()
    {
        var file = Write("""{ "BootDelay": "5" }""");
        var (_, output) = await Mimhybrid.RunAsync(["run", "--sandbox", "--data", data.Path, "--config", file]);
        Assert.Contains(output, line => line.Contains("5 seconds are 00:00:05, 5 minutes 00:05:00, 5 hours 05:00:00", StringComparison.Ordinal));
        Assert.Contains(output, line => line.Contains($"The settings file is {file}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_misspelt_setting_is_told_wherever_it_was_written()
    {
        var (code, output) = await Mimhybrid.RunAsync(["run", "--sandbox", "--once", "--data", data.Path, "--set", "BotDelay=1", "--set", "Graph=x"]);
        Assert.Equal(3, code);
        Assert.Contains(output, line => line.Contains("BotDelay is no setting", StringComparison.Ordinal));
        Assert.Contains(output, line => line.Contains("Graph is 'x'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_begins_with_an_at_sign_is_no_file() =>
        Assert.Equal(0, (await Mimhybrid.RunAsync(["log", "--guest", "@contoso.com", "--data", data.Path])).Code);

    [Fact]
    public async Task Of_a_setting_given_twice_the_last_counts()
    {
        var (code, output) = await Mimhybrid.RunAsync(
            ["config", "show", "--sandbox", "--set", "BootDelay=00:00:01", "--set", "bootDelay=26:00:00"]);
        Assert.Equal(3, code);
        Assert.Contains(output, line => line.Contains("BootDelay is '1.02:00:00'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_check_lists_the_next_maintenance_windows()
    {
        string[] window = ["--set", "MaintenanceWindows:0:Cron=0 2 * * SUN", "--set", "MaintenanceWindows:0:Duration=24:00:00"];
        var (_, output) = await Mimhybrid.RunAsync(["check", "--sandbox", "--data", data.Path, .. window]);
        var next = Assert.Single(output, line => line.Contains("the next maintenance windows: Sun ", StringComparison.Ordinal));
        Assert.Equal(3, next.Split(" to Mon ").Length - 1);
    }

    /// <summary>Whoever decides: an agent, a dry run with one beside it or without, and a status where no agent runs.</summary>
    [Fact]
    public async Task A_maintenance_window_is_in_the_time_zone_of_the_machine()
    {
        const string zone = "Asia/Tokyo";
        Assert.SkipUnless(File.Exists($"/usr/share/zoneinfo/{zone}"), "This machine has no time zones to choose from.");
        var opened = (TimeProvider.System.GetUtcNow().Hour + 9 + 23) % 24; // an hour ago, or nearly two
        string[] window =
        [
            "--sandbox", "--data", data.Path, "--set", "BootDelay=00:00:00",
            "--set", $"MaintenanceWindows:0:Cron=0 {opened} * * *", "--set", "MaintenanceWindows:0:Duration=03:00:00",
        ];

        Assert.Contains(await SayThereAsync(["run", "--dry-run"]), IsOfTheWindow);
        Assert.Contains(await SayThereAsync(["status"]), IsOfTheWindow);
        using var agent = Mimhybrid.Start(["run", .. window], ("TZ", zone));
        await agent.SaysAsync("Waiting: a maintenance window is open until ");
        Assert.Contains(await SayThereAsync(["run", "--dry-run"]), IsOfTheWindow);

        async Task<IReadOnlyList<string>> SayThereAsync(string[] command) =>
            (await Mimhybrid.RunAsync([.. command, .. window], ("TZ", zone))).Output;

        bool IsOfTheWindow(string line) =>
            line.Contains("a maintenance window is open until ", StringComparison.Ordinal)
            && line.Contains($"{(opened + 3) % 24:00}:00:00; pending", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_round_that_could_not_read_the_tenant_is_not_called_good()
    {
        (string, string)[] nowhere =
        [
            ("MIMHYBRID_Graph__TenantId", "contoso.example"), ("MIMHYBRID_Graph__ClientId", "5ed8cf2d-2c34-4f69-a5f9-5b5a3a6f5a01"), ("MIMHYBRID_Graph__ClientSecret", "s"),
            ("MIMHYBRID_Graph__BaseUrl", "https://localhost:1/v1.0"), ("MIMHYBRID_Graph__AuthorityHost", "https://localhost:1/"), ("MIMHYBRID_SyncServer__Connection", "Sandbox"),
            ("MIMHYBRID_Functions__FallbackCycle__Enabled", "false"),
        ];
        var (code, output) = await Mimhybrid.RunAsync(["run", "--once", "--data", data.Path], nowhere);
        Assert.Equal(1, code);
        Assert.Contains(output, line => line.Contains("The tenant could not be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_sequence_is_refused_before_anything_starts()
    {
        var (code, output) = await Mimhybrid.RunAsync(["--force", "--sequence", "Half", "--sandbox", "--data", data.Path]);
        Assert.Equal(2, code);
        Assert.Contains(output, line => line.Contains("'Half'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Looking_at_a_folder_without_an_agent_makes_nothing_there()
    {
        var nowhere = Path.Combine(data.Path, "nowhere");
        Assert.Equal(0, (await Mimhybrid.RunAsync(["status", "--data", nowhere])).Code);
        Assert.Equal(0, (await Mimhybrid.RunAsync(["log", "--data", nowhere])).Code);
        Assert.False(Directory.Exists(nowhere));
    }

    [Fact]
    public async Task A_folder_of_the_sandbox_is_not_taken_for_a_real_tenant()
    {
        Assert.Equal(0, (await Mimhybrid.RunAsync(["run", "--once", "--sandbox", "--data", data.Path], Pace.Fast)).Code);
        (string, string)[] tenant = [("MIMHYBRID_Graph__TenantId", "contoso.example"), ("MIMHYBRID_Graph__ClientId", "5ed8cf2d-2c34-4f69-a5f9-5b5a3a6f5a01"), ("MIMHYBRID_Graph__ClientSecret", "s"), ("MIMHYBRID_SyncServer__Connection", "Sandbox")];
        var (code, output) = await Mimhybrid.RunAsync(["run", "--once", "--data", data.Path], tenant);
        Assert.Equal(3, code);
        Assert.Contains(output, line => line.Contains("belongs to the sandbox", StringComparison.Ordinal));
    }

    public void Dispose() => data.Dispose();

    private string Write(string text)
    {
        var file = Path.Combine(data.Path, "settings.json");
        File.WriteAllText(file, text);
        return file;
    }
}
