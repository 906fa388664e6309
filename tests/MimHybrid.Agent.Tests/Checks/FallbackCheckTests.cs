using MimHybrid.Agent.Checks;
using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Cim;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Checks;

/// <summary>What <c>check</c> says to whose MIM has no delta profiles, or whose Full runs every hour.</summary>
public sealed class FallbackCheckTests
{
    private const string DeltaImport = "Delta Import (Stage Only)";
    private const string KeepFull = "; if MIM has no delta profiles, keep the full ones: set Functions:FallbackCycle:Sequence to Full";

    [Fact]
    public async Task Whose_delta_import_has_not_been_seen_is_told_to_keep_the_full_profiles()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        Assert.EndsWith(KeepFull, (await ProfilesOfAsync(checkedServer))[0].Todo, StringComparison.Ordinal);

        checkedServer.Settings.Agent.Functions["FallbackCycle"].Sequence = ShippedSequences.Full;
        Assert.DoesNotContain("keep the full ones", (await ProfilesOfAsync(checkedServer))[0].Todo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_delta_import_has_been_seen_is_not()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        await checkedServer.Mim.InvokeAsync(
            new CimTarget("MIIS_ManagementAgent", "Name", "AADMA"), "Execute", [new CimArgument("RunProfileName", DeltaImport)],
            TestContext.Current.CancellationToken);
        var aadma = (await ProfilesOfAsync(checkedServer))[0];
        Assert.Contains("'Delta Synchronization'", aadma.Saw, StringComparison.Ordinal);
        Assert.DoesNotContain("keep the full ones", aadma.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_MIM_did_not_know_the_delta_import_is_told_what_else_to_do()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        using (var store = AgentStore.Open(checkedServer.Data))
        {
            var cycle = store.Cycles.BeginCycle(
                new CycleStart("FallbackCycle", TriggerKind.Timer, "Fallback", "a test", null), DateTimeOffset.UnixEpoch);
            var step = new PlannedStep(1, "AADMA", DeltaImport, StepKind.Import);
            store.Cycles.BeginStep(cycle, step, firstImport: false, DateTimeOffset.UnixEpoch);
            store.Cycles.EndStep(cycle, new StepEnd(step, new StepRecord
            {
                Position = 1,
                ManagementAgent = "AADMA",
                RunProfile = DeltaImport,
                Result = "no-start-unknown-profile-name",
            }));
        }

        var failed = Assert.Single(await ProfilesOfAsync(checkedServer), finding => finding.State == FindingState.Failed);
        Assert.EndsWith(KeepFull, failed.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_full_runs_every_hour_is_told_that_there_is_less_to_do()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        Assert.Single(CheckRunnerTests.Named(await checkedServer.CheckAsync(), SettingsCheck.CheckName));

        checkedServer.Settings.Agent.Functions["FallbackCycle"].Sequence = "full";
        var told = CheckRunnerTests.Named(await checkedServer.CheckAsync(), SettingsCheck.CheckName)[1];
        Assert.Equal(FindingState.Ok, told.State);
        Assert.Contains("FallbackCycle runs Full", told.Saw, StringComparison.Ordinal);
    }

    private static async Task<List<Finding>> ProfilesOfAsync(CheckedServer checkedServer) =>
        CheckRunnerTests.Named(await checkedServer.CheckAsync(), "run-profiles");
}
