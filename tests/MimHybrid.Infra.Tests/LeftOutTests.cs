using System.Diagnostics;

namespace MimHybrid.Infra.Tests;

/// <summary>What a machine cannot show, a run says in its output: .ci/run gathers the lines LEFT OUT at its end.</summary>
public sealed class LeftOutTests
{
    [Fact]
    public async Task Without_Node_a_run_of_these_tests_says_that_the_queries_were_left_out()
    {
        var built = Path.GetRelativePath(Infra.Root, typeof(LeftOutTests).Assembly.Location);
        var start = new ProcessStartInfo("dotnet", ["test", "--test-modules", built, "--filter-class", typeof(KustoTests).FullName!]) { RedirectStandardOutput = true, WorkingDirectory = Infra.Root };
        start.Environment["PATH"] = "";
        using var run = Process.Start(start)!;

        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("LEFT OUT: the queries were not analyzed.", output, StringComparison.Ordinal);
        Assert.Contains("npm", output, StringComparison.Ordinal);
    }
}
