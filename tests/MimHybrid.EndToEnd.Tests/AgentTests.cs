using System.Text.Json;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>The agent as a process: the demo, forced runs, the hold on the data folder, crashes and Ctrl+C.</summary>
public sealed class AgentTests : IDisposable
{
    private static readonly (string, string) Quiet = ("MIMHYBRID_Sandbox__Story", "false");
    private static readonly (string, string) Fast = ("MIMHYBRID_Sandbox__StepDuration", "00:00:00");
    private static readonly (string, string) Slow = ("MIMHYBRID_Sandbox__StepDuration", "00:00:20");

    private readonly DataDirectory data = new();

    private string[] Agent => ["run", "--sandbox", "--data", data.Path];

    private string[] Force => ["--force", "--sandbox", "--data", data.Path];

    [Fact]
    public async Task The_demo_shows_an_invited_guest_getting_an_account()
    {
        using var agent = Mimhybrid.Start(Agent, Fast);
        await agent.SaysAsync("Cycle 2: ChangeDriven succeeded");
        await agent.KillAsync();

        var cycles = await data.RunLogAsync();
        var invited = cycles.First(cycle => cycle.GetProperty("function").GetString() == "GuestChanges");
        var cause = Assert.Single(invited.GetProperty("causes").EnumerateArray());
        Assert.Equal("Added", cause.GetProperty("kind").GetString());
        Assert.Equal(("ChangeDriven", "Succeeded"), (invited.GetProperty("sequence").GetString(), invited.GetProperty("outcome").GetString()));
        Assert.Equal(["AADMA", "AADMA", "ADMA", "ADMA", "ADMA"], invited.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("managementAgent").GetString()));
        Assert.Contains(cause.GetProperty("name").GetString()!, data.Accounts());

        // The tenant has moved once: one cycle for what was there before, one for the invitation, and none in the idle stretch between.
        Assert.Equal(2, cycles.Count);
        Assert.Equal(0, (await data.StatusAsync()).GetProperty("pending").GetInt32());
    }

    [Fact]
    public async Task The_json_of_log_and_status_has_every_key_that_was_promised()
    {
        using (var agent = Mimhybrid.Start([.. Agent, "--once"], Fast, Quiet)) Assert.Equal(0, await agent.ExitAsync());

        var cycle = Assert.Single(await data.RunLogAsync());
        AssertKeys(cycle, "id", "function", "sequence", "startedAt", "endedAt", "outcome", "causes", "steps");
        Assert.Equal("""{"kind":"Fallback"}""", cycle.GetProperty("causes")[0].GetRawText());
        AssertKeys(
            cycle.GetProperty("steps")[0],
            "managementAgent", "runProfile", "result", "runNumber", "startedAt", "endedAt", "skippedBecause", "counters", "errors");
        Assert.EndsWith("Z", cycle.GetProperty("startedAt").GetString(), StringComparison.Ordinal);

        var status = await data.StatusAsync();
        AssertKeys(status, "state", "pending", "next", "lastCycle", "cursor", "guests", "ignored", "credential");
        AssertKeys(status.GetProperty("credential"), "kind", "expiresAt", "warning");
        AssertKeys(status.GetProperty("next"), "action", "at", "reason");
        AssertKeys(status.GetProperty("cursor"), "obtainedAt");
        Assert.Equal(("NotRunning", "Wait"), (status.GetProperty("state").GetString(), status.GetProperty("next").GetProperty("action").GetString()));
    }

    [Fact]
    public async Task A_forced_run_is_served_by_the_agent_that_runs_and_a_second_agent_is_refused()
    {
        using var agent = Mimhybrid.Start(Agent, Fast, Quiet);
        await agent.SaysAsync("Idle:");

        var (code, output) = await Mimhybrid.RunAsync([.. Force, "--sequence", "ChangeDriven"]);
        Assert.Equal(0, code);
        Assert.Contains(output, line => line.Contains("AADMA Delta Import (Stage Only): completed-no-objects", StringComparison.Ordinal));
        Assert.Equal("Forced", (await data.RunLogAsync())[^1].GetProperty("causes")[0].GetProperty("kind").GetString());

        var (refused, words) = await Mimhybrid.RunAsync(Agent);
        Assert.Equal(5, refused);
        Assert.Contains(words, line => line.Contains("mimhybrid --force", StringComparison.Ordinal));

        agent.Interrupt();
        Assert.Equal(130, await agent.ExitAsync());
    }

    [Fact]
    public async Task A_forced_run_beside_an_agent_that_holds_is_told_why_a_single_round_as_well_and_one_with_an_unknown_sequence_is_answered()
    {
        (string, string)[] strict = [Fast, ("MIMHYBRID_RemovalGuard__Count", "0")];
        using (var first = Mimhybrid.Start([.. Agent, "--once"], Fast, Quiet)) Assert.Equal(0, await first.ExitAsync());
        using var agent = Mimhybrid.Start(Agent, strict);
        await agent.SaysAsync("Holding:"); // the story deletes a guest

        var (code, output) = await Mimhybrid.RunAsync(Force, strict);
        Assert.Equal(1, code);
        Assert.Contains(output, line => line.Contains("approve removals", StringComparison.Ordinal));

        await agent.KillAsync();
        Assert.Equal(1, (await Mimhybrid.RunAsync([.. Agent, "--once"], [.. strict, Quiet])).Code); // a scheduler must not take what is held for done
        using var again = Mimhybrid.Start(Agent, [.. strict, Quiet]);
        await again.SaysAsync("Holding:");

        var (refused, shown) = await Mimhybrid.RunAsync(["approve", "removals", "--data", data.Path]);
        Assert.Equal(1, refused); // nobody can be asked where input is no terminal, and silence is no consent
        Assert.Contains(shown, line => line.Contains("removed in the tenant; ", StringComparison.Ordinal));
        Assert.Contains("Nothing was approved.", shown);
        Assert.Equal(0, (await Mimhybrid.RunAsync(["approve", "removals", "--yes", "--data", data.Path])).Code);
        var (unknown, answer) = await Mimhybrid.RunAsync([.. Force, "--sequence", "Mine", "--set", "Sequences:Mine:0:ManagementAgent=AADMA", "--set", "Sequences:Mine:0:RunProfile=Full Import (Stage Only)"], strict);
        Assert.Equal(1, unknown);
        Assert.Contains(answer, line => line.Contains("no sequence 'Mine'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_forced_run_on_a_sandboxs_folder_means_the_sandbox_without_saying_so_and_a_new_agent_has_to_say_it()
    {
        using (var agent = Mimhybrid.Start(Agent, Fast, Quiet))
        {
            await agent.SaysAsync("Idle:");
            var (served, output) = await Mimhybrid.RunAsync(["--force", "--data", data.Path], Fast, Quiet);
            Assert.Equal(0, served);
            Assert.Contains(output, line => line.Contains("AADMA Full Import (Stage Only)", StringComparison.Ordinal));
        }

        Assert.Equal(0, (await Mimhybrid.RunAsync(["--force", "--data", data.Path], Fast, Quiet)).Code);
        Assert.Equal(3, (await Mimhybrid.RunAsync(["run", "--once", "--data", data.Path], Fast, Quiet)).Code);
    }

    [Fact]
    public async Task A_forced_run_without_an_agent_is_run_by_this_process()
    {
        var (code, _) = await Mimhybrid.RunAsync(Force, Fast, Quiet);
        Assert.Equal(0, code);
        var cycle = Assert.Single(await data.RunLogAsync());
        Assert.Equal(("ForcedRun", "Full"), (cycle.GetProperty("function").GetString(), cycle.GetProperty("sequence").GetString()));
    }

    [Fact]
    public async Task After_a_kill_in_mid_run_the_cycle_says_abandoned_and_the_next_one_carries_its_changes()
    {
        using (var agent = Mimhybrid.Start([.. Agent, "--verbose"], Slow))
        {
            await agent.SaysAsync("run 1 of AADMA, Full Import (Stage Only), began");
            await agent.KillAsync();
        }

        var (code, output) = await Mimhybrid.RunAsync([.. Agent, "--once"], Fast, Quiet);
        Assert.Equal(0, code);
        Assert.Contains(output, line => line.Contains("Cycle 1 was cut off", StringComparison.Ordinal));

        var cycles = await data.RunLogAsync();
        Assert.Equal(["Abandoned", "Succeeded"], cycles.Select(cycle => cycle.GetProperty("outcome").GetString()));
        Assert.NotEmpty(Guests(cycles[0]));
        Assert.Subset(Guests(cycles[1]).ToHashSet(), Guests(cycles[0]).ToHashSet()); // on a slow machine the story may have invited another before the kill
        var status = await data.StatusAsync();
        Assert.Equal((0, data.Accounts().Count), (status.GetProperty("pending").GetInt32(), status.GetProperty("guests").GetInt32()));
    }

    [Fact]
    public async Task Ctrl_c_stops_the_step_through_mim_and_the_log_says_stopped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No SIGINT can be sent to another process on Windows.");
        using var agent = Mimhybrid.Start([.. Agent, "--verbose"], Slow, ("MIMHYBRID_SyncServer__StopGrace", "00:00:01"));
        await agent.SaysAsync("run 1 of AADMA, Full Import (Stage Only), began");
        agent.Interrupt();
        Assert.Equal(130, await agent.ExitAsync());

        var cycle = Assert.Single(await data.RunLogAsync());
        Assert.Equal("Stopped", cycle.GetProperty("outcome").GetString());
        Assert.Equal("stopped-user-termination-from-wmi-or-ui", Assert.Single(cycle.GetProperty("steps").EnumerateArray()).GetProperty("result").GetString());
        Assert.NotEmpty(Guests(cycle));
        Assert.InRange((await data.StatusAsync()).GetProperty("pending").GetInt32(), Guests(cycle).Count, int.MaxValue);
    }

    [Fact]
    public async Task Mim_s_run_history_is_cleared_when_it_is_asked_for_and_not_again_after_a_restart()
    {
        string[] keepingAMonth = [.. Agent, "--set", "SyncServer:KeepRunsDays=30"];
        using (var agent = Mimhybrid.Start(keepingAMonth, Fast, Quiet)) await agent.SaysAsync("run history was cleared");

        using var again = Mimhybrid.Start([.. keepingAMonth, "--for", "00:00:03"], Fast, Quiet);
        Assert.Equal(0, await again.ExitAsync());
        Assert.DoesNotContain(again.Output, line => line.Contains("run history", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_run_and_runs_nothing()
    {
        var (code, output) = await Mimhybrid.RunAsync([.. Agent, "--dry-run"], Quiet);
        Assert.Equal(0, code);
        Assert.Contains(output, line => line.Contains("FallbackCycle would run Full now", StringComparison.Ordinal));
        Assert.Empty(await data.RunLogAsync());
    }

    public void Dispose() => data.Dispose();

    private static List<string> Guests(JsonElement cycle) =>
        [.. cycle.GetProperty("causes").EnumerateArray().Where(cause => cause.TryGetProperty("name", out _)).Select(cause => cause.GetProperty("name").GetString()!)];

    private static void AssertKeys(JsonElement json, params string[] keys) =>
        Assert.All(keys, key => Assert.True(json.TryGetProperty(key, out _), key));
}
