using System.Globalization;
using MimHybrid.Chaos;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>
/// A part of the chaos run, in each <c>dotnet test</c>: deeds that are over in seconds (tests/README.md#the-chaos-run).
/// </summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task Whatever_is_done_to_it_the_agent_comes_to_rest_with_every_guest_where_they_belong()
    {
        using var said = new StringWriter(CultureInfo.InvariantCulture);
        var options = new ChaosOptions
        {
            Seed = 3,
            InOrder = ["kill", "flip", "store-gone", "signal", "flip", "mass-removal"],
            Verbose = true,
        };

        var run = new ChaosRun(options, TimeProvider.System, TextWriter.Synchronized(said));
        var held = await run.RunAsync(TestContext.Current.CancellationToken);

        Assert.True(held, said.ToString());
        Assert.Contains("| `flip` | 2 | 2 |", said.ToString(), StringComparison.Ordinal);
    }
}
