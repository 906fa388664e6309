using System.Text.Json;
using static MimHybrid.Testing.Pace;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>The agent as a process: the demo, what can be read of it, and what it does beside cycles.</summary>
public sealed class AgentTests : IDisposable
{
    private readonly DataDirectory data = new();

    private string[] Agent => ["run", "--sandbox", "--data", data.Path];

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
    public async Task Mim_s_run_history_is_cleared_when_it_is_asked_for_and_not_again_after_a_restart()
    {
        string[] keepingAMonth = [.. Agent, "--set", "SyncServer:KeepRunsDays=30"];
        using (var agent = Mimhybrid.Start(keepingAMonth, Fast, Quiet)) await agent.SaysAsync("run history has no runs any more that ended before");

        using var again = Mimhybrid.Start([.. keepingAMonth, "--for", "00:00:03"], Fast, Quiet);
        Assert.Equal(0, await again.ExitAsync());
        Assert.DoesNotContain(again.Output, line => line.Contains("run history", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_run_and_runs_nothing()
    {
        var (code, output) = await Mimhybrid.RunAsync([.. Agent, "--dry-run"], Quiet);
        Assert.Equal(0, code);
        Assert.Contains(output, line => line.Contains("WeeklyFull would run Full now", StringComparison.Ordinal));
        Assert.Empty(await data.RunLogAsync());
    }

    public void Dispose() => data.Dispose();

    private static void AssertKeys(JsonElement json, params string[] keys) =>
        Assert.All(keys, key => Assert.True(json.TryGetProperty(key, out _), key));
}
