using static MimHybrid.Testing.Pace;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>Ctrl+C, twice, and the end of the terminal.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly DataDirectory data = new();

    private string[] Agent => ["run", "--sandbox", "--data", data.Path, "--verbose"];

    [Fact]
    public async Task A_second_ctrl_c_ends_at_once()
    {
        using var agent = Mimhybrid.Start(Agent, Slow, Quiet);
        await agent.SaysAsync("run 1 of AADMA, Full Import (Stage Only), began");
        agent.Interrupt();
        await agent.SaysAsync("A second Ctrl+C ends at once");
        agent.Interrupt();
        Assert.Equal(130, await agent.ExitAsync());
        Assert.DoesNotContain(agent.Output, line => line.Contains("Ended with exit code", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    [InlineData("QUIT")]
    public async Task Whatever_asks_for_an_end_is_a_ctrl_c(string signal)
    {
        using var agent = Mimhybrid.Start(Agent, Fast, Quiet);
        await agent.SaysAsync("Idle:");
        agent.Send(signal);
        Assert.Equal(130, await agent.ExitAsync());
        Assert.Contains(agent.Output, line => line.Contains("Ended with exit code 130", StringComparison.Ordinal));
    }

    public void Dispose() => data.Dispose();
}
