using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;
using static MimHybrid.Cycles.Tests.Planning.Given;

namespace MimHybrid.Cycles.Tests.Planning;

/// <summary>The Full that two comparisons of MIM's guests with Graph's start, and the installations in which they say nothing.</summary>
public sealed class CountsApartTests
{
    [Fact]
    public void Two_comparisons_in_a_row_that_differ_start_a_full_where_the_last_reading_of_everything_agreed()
    {
        var run = Assert.IsType<Decision.Run>(Compared((-60, 13), (-120, 13)).Decide());
        Assert.Equal(("WeeklyFull", "Full"), (run.Function, run.Sequence));
        Assert.Equal("MIM has 13 guests connected and Graph knows 14, twice in a row; they had agreed before", run.Reason);
    }

    [Fact]
    public void One_that_differs_does_not() => Assert.IsType<Decision.Wait>(Compared((-60, 13), (-120, 14)).Decide());

    [Fact]
    public void Nor_one_of_before_the_last_reading_of_everything() => Assert.IsType<Decision.Wait>(Compared((-60, 13), (-900, 13)).Decide());

    /// <summary>Its management agent brings members too, or rules of MIM leave guests out.</summary>
    [Fact]
    public void Where_a_reading_of_everything_ended_with_a_difference_the_numbers_say_nothing()
    {
        var differs = Compared((-60, 13), (-120, 13)) with
        {
            LastTotals = new Dictionary<string, GuestTotals> { ["Full"] = new(Noon.AddMinutes(-10), 20, 14) },
        };
        Assert.IsType<Decision.Wait>(differs.Decide());
        var nightly = Compared((-60, 13), (-120, 13));
        Assert.IsType<Decision.Wait>((nightly with
        {
            LastSuccess = nightly.LastSuccess.Append(KeyValuePair.Create("Nightly", Noon.AddMinutes(-5))).ToDictionary(),
        }).Decide());
    }

    [Fact]
    public void A_full_that_cannot_end_well_is_tried_again_at_the_pace_of_failures() => Assert.Equal(
        WaitCause.Backoff, Assert.IsType<Decision.Wait>(Compared((-60, 13), (-120, 13)).Failed(times: 3, secondsAgo: 5, sequence: "Full").Decide()).Cause);

    /// <summary>Graph knows 14; the last Full, ten minutes ago, found as many.</summary>
    private static AgentSnapshot Compared(params (int Seconds, long Connected)[] newest) => Quiet with
    {
        NewestTotals = [.. newest.Select(one => new GuestTotals(Noon.AddSeconds(one.Seconds), one.Connected, 14))],
        LastTotals = new Dictionary<string, GuestTotals> { ["Full"] = new(Noon.AddMinutes(-10), 14, 14) },
    };
}
