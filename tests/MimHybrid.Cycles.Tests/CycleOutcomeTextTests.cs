using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Tests;

/// <summary>Log line, run log and status say an outcome in the same words.</summary>
public sealed class CycleOutcomeTextTests
{
    [Fact]
    public void Outcomes_are_words_for_people() => Assert.Equal(
        ["running", "succeeded", "succeeded with findings", "failed", "stopped", "abandoned"],
        Enum.GetValues<CycleOutcome>().Select(outcome => outcome.ToWords()));
}
