using MimHybrid.Cycles.Arrivals;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Tests.Cycles;

public sealed class SourceProfilesTests
{
    [Theory]
    [InlineData("ChangeDriven")]
    [InlineData("Fallback")]
    [InlineData("Full")]
    public void As_shipped_the_delta_pair_looks_again_and_the_full_pair_looks_at_everything(string sequence)
    {
        var source = Of(new AgentSettings(), sequence)!;
        Assert.Equal(
            ("AADMA", "AADMA Delta Import (Stage Only)", "AADMA Delta Synchronization"),
            (source.ManagementAgent, source.Again.Import.ToString(), source.Again.Synchronization.ToString()));
        Assert.Equal(
            ("AADMA Full Import (Stage Only)", "AADMA Full Synchronization"), (source.Full!.Import.ToString(), source.Full.Synchronization.ToString()));
        Assert.Equal((StepCondition.StagedOrPendingImports, StepCondition.Always), (source.Again.Synchronization.When, source.Full.Synchronization.When));
    }

    [Fact]
    public void Only_the_sources_full_synchronization_is_full()
    {
        var source = Of(new AgentSettings(), "Full")!;
        var steps = ShippedSequences.Find("Full")!.Steps;
        Assert.Equal([false, true, false, false, false, false, false], steps.Select(source.IsFull));
        Assert.False(source.IsFull(source.Again.Synchronization));
    }

    [Fact]
    public void A_sequence_of_ones_own_with_a_source_of_another_name_uses_its_own_pair()
    {
        var settings = new AgentSettings
        {
            GuestSource = "Guests",
            Sequences =
            {
                ["Mine"] =
                [
                    new StepSettings { ManagementAgent = "Guests", RunProfile = "DI", Kind = StepKind.Import, FullImport = "FI", LongestRun = TimeSpan.FromMinutes(5) },
                    new StepSettings { ManagementAgent = "Guests", RunProfile = "DS", Kind = StepKind.Synchronization },
                ],
            },
        };
        var source = Of(settings, "Mine")!;
        Assert.Equal(("Guests DI", "Guests DS"), (source.Again.Import.ToString(), source.Again.Synchronization.ToString()));
        Assert.Equal(("Guests FI", "Guests DS"), (source.Full!.Import.ToString(), source.Full.Synchronization.ToString()));
        Assert.Equal((TimeSpan.FromMinutes(5), null), (source.Own.Import.LongestRun, source.Full.Import.LongestRun)); // five minutes were meant for changes
    }

    [Fact]
    public void A_sequence_that_only_imports_has_nothing_to_compare()
    {
        var settings = new AgentSettings { GuestSource = "Guests", Sequences = { ["Mine"] = [new StepSettings { ManagementAgent = "Guests", RunProfile = "Delta Import" }] } };
        Assert.Null(Of(settings, "Mine"));
    }

    private static SourceProfiles? Of(AgentSettings settings, string sequence) => SourceProfiles.Of(settings.FindSequence(sequence)!, settings);
}
