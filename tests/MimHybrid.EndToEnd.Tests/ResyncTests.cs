using static MimHybrid.Testing.Pace;

namespace MimHybrid.EndToEnd.Tests;

/// <summary><c>mimhybrid resync</c> beside an agent and before one, between processes.</summary>
public sealed class ResyncTests : IDisposable
{
    private const string Begins = "asked for a new reading. The whole tenant is read again.";

    private readonly DataDirectory data = new();

    private string[] Agent => ["run", "--sandbox", "--data", data.Path, "--verbose"];

    [Fact]
    public async Task A_running_agent_reads_the_tenant_anew_with_its_next_poll_and_keeps_its_run_log()
    {
        using var agent = Mimhybrid.Start(Agent, Fast, Quiet);
        await agent.SaysAsync("Idle:");

        var (code, output) = await Mimhybrid.RunAsync(["resync", "--data", data.Path]);
        Assert.Equal(0, code);
        Assert.Contains(output, line => line.Contains("it begins with its next poll", StringComparison.Ordinal));
        await agent.SaysAsync(Begins);
        await agent.KillAsync();
        Assert.NotEmpty(await data.RunLogAsync());
    }

    [Fact]
    public async Task Without_an_agent_the_next_one_begins_with_it()
    {
        using (var first = Mimhybrid.Start([.. Agent, "--once"], Fast, Quiet)) Assert.Equal(0, await first.ExitAsync());
        var (code, output) = await Mimhybrid.RunAsync(["resync", "--data", data.Path]);
        Assert.Equal(0, code);
        Assert.Contains(output, line => line.Contains("No agent runs at the moment", StringComparison.Ordinal));

        using var next = Mimhybrid.Start([.. Agent, "--once"], Fast, Quiet);
        await next.SaysAsync(Begins);
        Assert.Equal(0, await next.ExitAsync());
    }

    public void Dispose() => data.Dispose();
}
