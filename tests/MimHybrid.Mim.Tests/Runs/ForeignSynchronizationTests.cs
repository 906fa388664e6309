using MimHybrid.Mim.Runs;
using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>
/// Whether a run that somebody else started is a synchronization, of which MIM says nothing while it goes on
/// (MimHybrid.Mim/README.md#what-a-management-agent-says-of-its-run).
/// </summary>
public sealed class ForeignSynchronizationTests : IDisposable
{
    private const string SecondStep =
        "<step-details step-number=\"2\"><step-description><step-type type=\"apply-rules\"/></step-description></step-details>";

    private readonly SyncServerScene scene = new();

    /// <summary>The details of the profile's earlier runs say what it does, or the sequences do.</summary>
    [Theory]
    [InlineData(true, null)]
    [InlineData(false, false)]
    public async Task An_import_does_not_mind_an_export_on_another_agent(bool ranBefore, bool? known)
    {
        if (ranBefore) await scene.PlayAsync(scene.StartForeign("AADMA", "Export", TimeSpan.FromMinutes(1)));
        scene.Script.Plan("ADMA", Import, new RunPlan { Duration = TimeSpan.FromMinutes(1) });
        var foreign = scene.StartForeign("AADMA", "Export", TimeSpan.FromMinutes(10));

        var report = await scene.RunAsync(ImportOfAdma with
        {
            KnownToSynchronize = (managementAgent, profile) => (managementAgent, profile) == ("AADMA", "Export") ? known : null,
        });

        Assert.False(foreign.IsCompleted);
        Assert.Equal(1, report.RunNumber);
        Assert.Empty(scene.Told);
    }

    [Fact]
    public async Task A_run_of_a_profile_that_nobody_knows_counts_as_a_synchronization()
    {
        var foreign = scene.StartForeign("AADMA", "Export", TimeSpan.FromMinutes(10));

        await scene.RunAsync(ImportOfAdma);

        Assert.True(foreign.IsCompleted);
    }

    /// <summary>People give short names: what a run really did says more than a name, and than a sequence that has it wrong.</summary>
    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(true, false)]
    public async Task A_synchronization_whose_name_does_not_say_so_is_waited_for(bool ranBefore, bool? known)
    {
        using var named = new SyncServerScene(differs: options => options with { Profiles = new() { DeltaSynchronization = "DS" } });
        if (ranBefore) await named.PlayAsync(named.StartForeign("AADMA", "DS", TimeSpan.FromMinutes(1)));
        var foreign = named.StartForeign("AADMA", "DS", TimeSpan.FromMinutes(10));

        await named.RunAsync(ImportOfAdma with { KnownToSynchronize = (_, _) => known });

        Assert.True(foreign.IsCompleted);
    }

    [Theory]
    [InlineData("<import-subtype>to-cs</import-subtype>", "")]
    [InlineData("</step-details>", "</step-details>" + SecondStep)]
    public async Task An_import_that_synchronizes_what_it_has_read_counts_as_a_synchronization_whatever_its_name(
        string part, string instead)
    {
        scene.Wire.RunDetails = details => details.Replace(part, instead, StringComparison.Ordinal);
        await scene.PlayAsync(scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(1)));
        var foreign = scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(10));

        await scene.RunAsync(new RunRequest("AADMA", "Export", Synchronizes: false));

        Assert.True(foreign.IsCompleted);
    }

    /// <summary>Somebody has edited the profile since: what it did last counts.</summary>
    [Fact]
    public async Task A_profile_that_synchronized_once_and_only_imports_since_is_an_import()
    {
        scene.Wire.RunDetails = details => details.Contains("<run-number>1</run-number>", StringComparison.Ordinal)
            ? details.Replace("<import-subtype>to-cs</import-subtype>", "", StringComparison.Ordinal)
            : details;
        for (var run = 1; run <= 2; run++) await scene.PlayAsync(scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(1)));
        var foreign = scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(10));

        await scene.RunAsync(new RunRequest("AADMA", "Export", Synchronizes: false));

        Assert.False(foreign.IsCompleted);
    }

    /// <summary>A run that goes on may have told of its first step alone: its profile's earlier runs know of all.</summary>
    [Fact]
    public async Task What_a_run_has_told_so_far_does_not_clear_it()
    {
        scene.Wire.Answers = (target, method) => (target.ClassName, method) == ("MIIS_ManagementAgent", "RunDetails") ? "" : null;
        scene.Wire.RunDetails = details => details.Contains("<run-number>1</run-number>", StringComparison.Ordinal)
            ? details.Replace("</step-details>", "</step-details>" + SecondStep, StringComparison.Ordinal)
            : RunDetailsXml.Of(RunDetailsXml.Step(1, "in-progress", end: null));
        await scene.PlayAsync(scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(1)));
        var foreign = scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(10));

        await scene.RunAsync(new RunRequest("AADMA", "Export", Synchronizes: false));

        Assert.True(foreign.IsCompleted);
    }

    public void Dispose() => scene.Dispose();
}
