using MimHybrid.Mim.Runs;
using MimHybrid.Sandbox.SyncServer;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>A run in which nearly everything failed: 200,000 objects, each with its own error.</summary>
[Collection(MeasuresMemory.Name)]
public sealed class ManyErrorsTests : IDisposable
{
    private const int Many = 200_000;
    private const string Export = "Export";

    /// <summary>Fifty errors with their texts are some ten kilobytes; a report that held on to the document would take a hundred megabytes.</summary>
    private const long MostKeptBytes = 10_000_000;

    private readonly SyncServerScene scene = new();

    [Fact]
    public async Task All_errors_are_counted_the_first_are_kept_and_the_rest_take_no_memory()
    {
        scene.Script.Plan("ADMA", Export, new RunPlan { FailingObjects = Many });
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var report = await scene.RunAsync(new RunRequest("ADMA", Export, Synchronizes: false));

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MostKeptBytes);
        Assert.Equal(("completed-export-errors", 1), (report.Result.Raw, report.RunNumber));
        Assert.Equal((Many, Many), (report.ErrorCount, report.Counters.ExportFailures));
        Assert.Equal(scene.Settings.ErrorsKept, report.Errors.Count);
        Assert.Equal(
            Enumerable.Range(1, scene.Settings.ErrorsKept).Select(number => $"CN=Refused {number},OU=Guests,DC=sandbox,DC=example"),
            report.Errors.Select(error => error.Dn));
        Assert.All(report.Errors, error => Assert.Equal(("permission-issue", RunErrorKind.Export), (error.Type, error.Kind)));
        Assert.True(report.CountersKnown);
    }

    public void Dispose() => scene.Dispose();
}
