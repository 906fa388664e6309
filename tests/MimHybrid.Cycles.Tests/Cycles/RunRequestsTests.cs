using MimHybrid.Cycles.Running;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Tests.Cycles;

/// <summary>What the sequences say of a run profile, for runs of it that others start.</summary>
public sealed class RunRequestsTests
{
    private readonly AgentSettings settings = new();

    [Theory]
    [InlineData("AADMA", "Delta Synchronization", true)]
    [InlineData("aadma", "delta import (stage only)", false)]
    [InlineData("ADMA", "Full Import (Stage Only)", false)] // which stands in for the delta import, too
    [InlineData("ADMA", "Export", false)]
    [InlineData("ADMA", "Somebody's own", null)]
    [InlineData("HR", "Export", null)]
    public void The_sequences_say_what_a_profile_does(string managementAgent, string profile, bool? synchronizes) =>
        Assert.Equal(synchronizes, Known(managementAgent, profile));

    [Fact]
    public void A_kind_that_is_stated_counts_more_than_a_name()
    {
        settings.Sequences["Short"] =
        [
            new() { ManagementAgent = "ADMA", RunProfile = "DS", Kind = StepKind.Synchronization },
            new() { ManagementAgent = "ADMA", RunProfile = "DI", Kind = StepKind.Import, FullImport = "FI" },
        ];

        Assert.Equal((true, false, false), (Known("ADMA", "DS"), Known("ADMA", "DI"), Known("ADMA", "FI")));
    }

    private bool? Known(string managementAgent, string profile) =>
        new RunRequests(settings).Of(new Step("AADMA", "Export", StepKind.Export)).KnownToSynchronize(managementAgent, profile);
}
