using System.Text.Json;
using static MimHybrid.EndToEnd.Tests.Pace;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>A process that ends in the middle of a run: killed, or by Ctrl+C.</summary>
public sealed class CutOffTests : IDisposable
{
    private readonly DataDirectory data = new();

    private string[] Agent => ["run", "--sandbox", "--data", data.Path];

    [Fact]
    public async Task After_a_kill_in_mid_run_the_cycle_says_abandoned_and_the_next_one_carries_its_changes()
    {
        using (var agent = Mimhybrid.Start([.. Agent, "--verbose"], Slow))
        {
            await agent.SaysAsync("run 1 of AADMA, Full Import (Stage Only), began");
            await agent.KillAsync();
        }

        Assert.Equal("Abandoned", Assert.Single(await data.RunLogAsync()).GetProperty("outcome").GetString()); // nobody is there who could run it
        Assert.Equal("Abandoned", (await data.StatusAsync()).GetProperty("lastCycle").GetProperty("outcome").GetString());
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

    public void Dispose() => data.Dispose();

    private static List<string> Guests(JsonElement cycle) =>
        [.. cycle.GetProperty("causes").EnumerateArray().Where(cause => cause.TryGetProperty("name", out _)).Select(cause => cause.GetProperty("name").GetString()!)];
}
