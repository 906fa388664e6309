using static MimHybrid.Testing.Pace;

namespace MimHybrid.EndToEnd.Tests;

/// <summary><c>mimhybrid stop</c> beside an agent, between processes.</summary>
public sealed class StopTests : IDisposable
{
    /// <summary>Long enough to be waited for, and over soon.</summary>
    private static readonly (string, string) Slowish = ("MIMHYBRID_Sandbox__StepDuration", "00:00:02");

    private readonly DataDirectory data = new();

    private string[] Agent => ["run", "--sandbox", "--data", data.Path, "--verbose"];

    [Fact]
    public async Task An_idle_agent_ends_with_exit_code_0()
    {
        using var agent = Mimhybrid.Start(Agent, Fast, Quiet);
        await agent.SaysAsync("Idle:");

        var (code, output) = await Mimhybrid.RunAsync(["stop", "--data", data.Path]);
        Assert.Equal(0, code);
        Assert.Contains("The agent has ended.", output);
        Assert.Equal(0, await agent.ExitAsync());
        Assert.Contains(agent.Output, line => line.Contains("Ended with exit code 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cycle_in_progress_is_waited_for_and_who_waits_says_so()
    {
        using var agent = Mimhybrid.Start(Agent, Slowish, Quiet);
        await agent.SaysAsync("run 1 of AADMA, Full Import (Stage Only), began");

        var (code, output) = await Mimhybrid.RunAsync(["stop", "--data", data.Path]);
        Assert.Equal(0, code);
        Assert.Contains(output, line => line.Contains("Waiting: cycle 1 (Full) is running, AADMA", StringComparison.Ordinal));
        Assert.Equal(0, await agent.ExitAsync());
        Assert.Equal("Succeeded", Assert.Single(await data.RunLogAsync()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Who_does_not_wait_long_enough_ends_with_1_and_the_agent_goes_on()
    {
        using var agent = Mimhybrid.Start(Agent, Slow, Quiet);
        await agent.SaysAsync("run 1 of AADMA, Full Import (Stage Only), began");

        var (code, output) = await Mimhybrid.RunAsync(["stop", "--data", data.Path, "--wait", "00:00:01"]);
        Assert.Equal(1, code);
        Assert.Contains(output, line => line.Contains("the agent goes on", StringComparison.Ordinal));
        Assert.Equal("Running", (await data.StatusAsync()).GetProperty("state").GetString());
        await agent.KillAsync();
    }

    [Fact]
    public async Task Without_an_agent_there_is_nothing_to_stop_and_nothing_is_left_for_the_next()
    {
        using (var first = Mimhybrid.Start([.. Agent, "--once"], Fast, Quiet)) Assert.Equal(0, await first.ExitAsync());
        var (code, output) = await Mimhybrid.RunAsync(["stop", "--data", data.Path]);
        Assert.Equal(0, code);
        Assert.Contains(output, line => line.Contains("nothing to stop", StringComparison.Ordinal));

        using var agent = Mimhybrid.Start(Agent, Fast, Quiet);
        await agent.SaysAsync("Idle:");
        agent.Interrupt();
        Assert.Equal(130, await agent.ExitAsync());
        Assert.DoesNotContain(agent.Output, line => line.Contains("asked the agent to end", StringComparison.Ordinal));
    }

    public void Dispose() => data.Dispose();
}
