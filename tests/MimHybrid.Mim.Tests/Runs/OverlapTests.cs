using System.Text.RegularExpressions;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;
using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>Runs of others beside a synchronization: MIM lets them, and no look can prevent it, as two agents on two machines would meet.</summary>
public sealed class OverlapTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SyncServerScene scene = new();

    [Theory]
    [InlineData("", ", started by " + Somebody)]
    [InlineData("<security-id>.*?</security-id>", "")]
    public async Task An_import_that_somebody_starts_elsewhere_while_we_synchronize_is_told_afterwards(string lost, string who)
    {
        scene.Settings.Account = null;
        scene.Wire.RunDetails = details => Regex.Replace(details, lost, "");
        SlipInElsewhere();

        var report = await scene.RunAsync(SynchronizationOfAdma);

        Assert.Equal(ResultClass.Success, report.Result.Class);
        Assert.Equal(
            $"While it ran, 'Export' ran on AADMA too (run 1{who}). "
                + "Nothing should run beside a synchronization: look for another program or person that drives this server.",
            Assert.Single(scene.Told));
        Assert.DoesNotContain(Somebody, Assert.Single(scene.ToldUnnamed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_something_ran_beside_us_is_told_even_if_its_details_cannot_be_read()
    {
        var agents = await scene.Sandbox.QueryAsync("SELECT Guid FROM MIIS_ManagementAgent WHERE Name = 'AADMA'", TestContext.Current.CancellationToken);
        var aadma = Assert.Single(agents)["Guid"];
        scene.Wire.Answers = (target, method) => method == "RunDetails" && target.KeyValue.StartsWith(aadma, StringComparison.OrdinalIgnoreCase)
            ? throw new CimConnectionException(CimFailure.Other, "No.") : null;
        SlipInElsewhere();

        Assert.Equal(ResultClass.Success, (await scene.RunAsync(SynchronizationOfAdma)).Result.Class);
        Assert.StartsWith("While it ran, 'Export' ran on AADMA too (run 1). ", Assert.Single(scene.Told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_ended_before_ours_or_began_as_ours_ended_was_not_beside_it()
    {
        await scene.PlayAsync(scene.StartForeign("AADMA", "Export", Minute));
        scene.Wire.RunDetails = details =>
        {
            // The first look into the history, when our run has just ended and the clock stands.
            _ = scene.StartForeign("AADMA", "Export", Minute);
            return details;
        };

        await scene.RunAsync(SynchronizationOfAdma);

        Assert.Equal("2", (await scene.LastRunAsync("AADMA"))?["RunNumber"]);
        Assert.Empty(scene.Told);
    }

    public void Dispose() => scene.Dispose();

    private void SlipInElsewhere() => scene.Script.Plan(
        "ADMA", Synchronization, new RunPlan { Duration = 2 * Minute, SlipsIn = new ForeignRun("AADMA", "Export", Minute, Somebody) });
}
