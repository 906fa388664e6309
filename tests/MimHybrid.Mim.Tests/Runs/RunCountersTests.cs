using MimHybrid.Mim.Runs;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>Which counters of staging, inbound flow and export decide what (MimHybrid.Mim/README.md#counters).</summary>
public sealed class RunCountersTests
{
    [Theory]
    [InlineData("staging-counters", "stage-no-change", "")]
    [InlineData("staging-counters", "stage-add", "Staged")]
    [InlineData("staging-counters", "stage-update", "Staged")]
    [InlineData("staging-counters", "stage-rename", "Staged")]
    [InlineData("staging-counters", "stage-delete", "Staged")]
    [InlineData("staging-counters", "stage-delete-add", "Staged")]
    [InlineData("staging-counters", "stage-failure", "")]
    [InlineData("inbound-flow-counters", "disconnector-filtered", "")]
    [InlineData("inbound-flow-counters", "disconnector-joined-no-flow", "Joined")]
    [InlineData("inbound-flow-counters", "disconnector-joined-flow", "Joined")]
    [InlineData("inbound-flow-counters", "disconnector-joined-remove-mv", "Joined")]
    [InlineData("inbound-flow-counters", "disconnector-projected-no-flow", "Projected")]
    [InlineData("inbound-flow-counters", "disconnector-projected-flow", "Projected")]
    [InlineData("inbound-flow-counters", "disconnector-projected-remove-mv", "Projected")]
    [InlineData("inbound-flow-counters", "disconnector-remains", "")]
    [InlineData("inbound-flow-counters", "connector-filtered-remove-mv", "Disconnected")]
    [InlineData("inbound-flow-counters", "connector-filtered-leave-mv", "Disconnected")]
    [InlineData("inbound-flow-counters", "connector-flow", "Flowed")]
    [InlineData("inbound-flow-counters", "connector-flow-remove-mv", "Flowed")]
    [InlineData("inbound-flow-counters", "connector-no-flow", "FlowedNothing")]
    [InlineData("inbound-flow-counters", "connector-delete-remove-mv", "Disconnected")]
    [InlineData("inbound-flow-counters", "connector-delete-leave-mv", "Disconnected")]
    [InlineData("inbound-flow-counters", "connector-delete-add-processed", "Replaced")]
    [InlineData("inbound-flow-counters", "flow-failure", "FlowFailures")]
    [InlineData("export-counters", "export-add", "Exported")]
    [InlineData("export-counters", "export-update", "Exported")]
    [InlineData("export-counters", "export-rename", "Exported")]
    [InlineData("export-counters", "export-delete", "Exported ExportedDeletes")]
    [InlineData("export-counters", "export-delete-add", "Exported")]
    [InlineData("export-counters", "export-failure", "ExportFailures")]
    public void A_counter_is_in_the_sums_that_it_belongs_to_and_in_no_other(string group, string counter, string sums)
    {
        var counters = Parse(RunDetailsXml.Counters(group, (counter, "7")));

        Assert.Equal(sums, string.Join(' ', SumsOf(counters).Where(sum => sum.Value != 0).Select(sum => sum.Name)));
        Assert.All(SumsOf(counters), sum => Assert.True(sum.Value is 0 or 7, sum.Name));
    }

    private static RunCounters Parse(string findings) =>
        RunDetailsParser.Parse(RunDetailsXml.Of(RunDetailsXml.Step(1, "success", findings)), errorsKept: 0).Counters;

    private static IEnumerable<(string Name, long Value)> SumsOf(RunCounters counters) =>
    [
        (nameof(counters.Staged), counters.Staged),
        (nameof(counters.Projected), counters.Projected),
        (nameof(counters.Joined), counters.Joined),
        (nameof(counters.Flowed), counters.Flowed),
        (nameof(counters.FlowedNothing), counters.FlowedNothing),
        (nameof(counters.Disconnected), counters.Disconnected),
        (nameof(counters.Replaced), counters.Replaced),
        (nameof(counters.FlowFailures), counters.FlowFailures),
        (nameof(counters.Exported), counters.Exported),
        (nameof(counters.ExportedDeletes), counters.ExportedDeletes),
        (nameof(counters.ExportFailures), counters.ExportFailures),
    ];
}
