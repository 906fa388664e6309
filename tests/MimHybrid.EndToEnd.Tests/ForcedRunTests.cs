using static MimHybrid.EndToEnd.Tests.Pace;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>A cycle that somebody wants now, and who serves it; the hold on the data folder.</summary>
public sealed class ForcedRunTests : IDisposable
{
    private readonly DataDirectory data = new();

    private string[] Agent => ["run", "--sandbox", "--data", data.Path];

    private string[] Force => ["--force", "--sandbox", "--data", data.Path];

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
        await using var tenant = await TenantElsewhere.StartAsync();
        var guest = tenant.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        (string, string)[] strict = [.. TenantElsewhere.SettingsFor(tenant, data), ("MIMHYBRID_RemovalGuard__Count", "0")];
        string[] here = ["--data", data.Path];
        Assert.Equal(0, (await Mimhybrid.RunAsync(["run", "--once", .. here], strict)).Code);
        tenant.Directory.Delete(guest.Id);
        using var agent = Mimhybrid.Start(["run", .. here], strict);
        await agent.SaysAsync("Holding:");

        var (code, output) = await Mimhybrid.RunAsync(["--force", .. here], strict);
        Assert.Equal(1, code);
        Assert.Contains(output, line => line.Contains("approve removals", StringComparison.Ordinal));

        await agent.KillAsync();
        Assert.Equal(1, (await Mimhybrid.RunAsync(["run", "--once", .. here], strict)).Code); // a scheduler must not take what is held for done
        using var again = Mimhybrid.Start(["run", .. here], strict);
        await again.SaysAsync("Holding:");

        var (refused, shown) = await Mimhybrid.RunAsync(["approve", "removals", .. here]);
        Assert.Equal(1, refused); // nobody can be asked where input is no terminal, and silence is no consent
        Assert.Contains(shown, line => line.Contains("removed in the tenant; ", StringComparison.Ordinal));
        Assert.Contains("Nothing was approved.", shown);
        Assert.Equal(0, (await Mimhybrid.RunAsync(["approve", "removals", "--yes", .. here])).Code);
        var (unknown, answer) = await Mimhybrid.RunAsync(["--force", .. here, "--sequence", "Mine", "--set", "Sequences:Mine:0:ManagementAgent=AADMA", "--set", "Sequences:Mine:0:RunProfile=Full Import (Stage Only)"], strict);
        Assert.Equal(2, unknown);
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

    public void Dispose() => data.Dispose();
}
