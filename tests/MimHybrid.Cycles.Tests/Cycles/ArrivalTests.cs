using MimHybrid.Cycles.Arrivals;
using MimHybrid.Store.Rows;
using static MimHybrid.Store.Rows.ChangeKind;

namespace MimHybrid.Cycles.Tests.Cycles;

/// <summary>What is expected of MIM, and what counts as missing.</summary>
public sealed class ArrivalTests
{
    private static readonly SeenArrivals Saw = SeenArrivals.Nothing;

    [Theory]
    [InlineData(new[] { Added }, Added)]
    [InlineData(new[] { Restored }, Added)]
    [InlineData(new[] { Added, Updated }, Added)]
    [InlineData(new[] { Added, Removed, Restored }, Added)]
    [InlineData(new[] { Updated }, Updated)]
    [InlineData(new[] { Updated, Updated }, Updated)]
    [InlineData(new[] { Removed }, Removed)]
    [InlineData(new[] { Updated, Removed }, Removed)]
    [InlineData(new[] { Removed, Restored, Removed }, Removed)]
    [InlineData(new[] { Added, Removed }, null)]
    [InlineData(new[] { Removed, Restored }, null)]
    [InlineData(new[] { Removed, Added, Updated }, null)]
    public void Each_guest_counts_once_by_what_its_changes_come_to(ChangeKind[] changes, ChangeKind? net)
    {
        var expected = ExpectedArrivals.Of(changes.Select(kind => new ArrivalCause("lena", kind, 0, ChangedSince: false)));
        Assert.Equal(Counts(net), expected.All);
        Assert.Equal(net is not null, expected.Any);
    }

    [Fact]
    public void Old_guests_and_those_who_changed_since_are_counted_and_not_held_against_mim()
    {
        var expected = ExpectedArrivals.Of(
        [
            new ArrivalCause("from before", Added, null, ChangedSince: false),
            new ArrivalCause("gone again", Added, 4, ChangedSince: true),
            new ArrivalCause("new", Added, 7, ChangedSince: false),
            new ArrivalCause("newer", Removed, 5, ChangedSince: false),
        ]);
        Assert.Equal((new GuestCounts(3, 0, 1), new GuestCounts(1, 0, 1)), (expected.All, expected.Fresh));
        Assert.Equal((1, 1, 5), (expected.Old, expected.ChangedSince, expected.AfterCycle));

        var arrival = Compare(expected, Saw);
        Assert.Equal(new GuestCounts(1, 0, 1), arrival.Missing);
        Assert.Equal("1 found when the whole tenant was read: MIM may have had them before; 1 changed again since", arrival.Explanation);
    }

    [Fact]
    public void What_was_seen_by_kind_is_not_missing()
    {
        var arrival = Compare(Fresh(added: 3, updated: 2, removed: 2), Saw with { Added = 2, Updated = 9, Removed = 2 });
        Assert.Equal((new GuestCounts(1, 0, 0), null), (arrival.Missing, arrival.Explanation));
        Assert.Equal("Graph said 3 guests were added; MIM projected or joined 2", arrival.ToString());
    }

    [Fact]
    public void What_failed_in_the_synchronization_has_come()
    {
        var arrival = Compare(Fresh(added: 3, removed: 1), Saw with { Failures = 2 });
        Assert.Equal((new GuestCounts(1, 0, 1), "2 failed in the synchronization: see its errors"), (arrival.Missing, arrival.Explanation));
    }

    [Fact]
    public void What_an_earlier_synchronization_may_have_brought_is_not_missing()
    {
        var expected = Fresh(added: 3, updated: 1, removed: 1);
        Assert.Equal(new GuestCounts(2, 1, 1), Compare(expected, Saw, new EarlierArrivals(1, 0, 0)).Missing);
        var unknown = Compare(expected, Saw, new EarlierArrivals(null, null, null));
        Assert.Equal((0L, "5 may have come with an earlier synchronization"), (unknown.MissingGuests, unknown.Explanation));
    }

    [Fact]
    public void A_full_synchronization_says_nothing_of_changed_guests()
    {
        var arrival = Compare(Fresh(added: 1, updated: 4), Saw with { HadFull = true, Updated = 900 });
        Assert.Equal((new GuestCounts(1, 0, 0), null), (arrival.Missing, arrival.Seen.Counts!.Updated));
        Assert.Equal("4 updated: a full synchronization works on every guest and says nothing of them", arrival.Explanation);
    }

    [Fact]
    public void Unknown_counters_are_not_compared()
    {
        var arrival = Compare(Fresh(added: 3), Saw with { Unknown = "the details are torn" });
        Assert.Equal((0L, null), (arrival.MissingGuests, arrival.Seen.Counts));
        Assert.Equal("not compared, because MIM's counters are not known: the details are torn", arrival.Explanation);
    }

    [Theory]
    [InlineData(2, 0, 0, 10, 10, 0)] // as many as Graph knows: somebody else brought them
    [InlineData(0, 0, 2, 10, 10, 0)]
    [InlineData(2, 0, 0, 9, 10, 2)]
    [InlineData(2, 0, 0, 40, 10, 2)] // connectors that are no guests: the sum says nothing
    [InlineData(1, 0, 1, 10, 10, 2)] // one missing and one too many look the same
    [InlineData(1, 1, 0, 10, 10, 2)]
    public void Totals_that_agree_clear_one_sided_gaps(long added, long updated, long removed, long connected, long live, long missing)
    {
        var arrival = Compare(Fresh(added, updated, removed), Saw);
        Assert.Equal(missing, ArrivalCheck.WithTotals(arrival, connected, live).MissingGuests);
    }

    private static Arrival Compare(ExpectedArrivals expected, SeenArrivals seen, EarlierArrivals? earlier = null) =>
        ArrivalCheck.Compare(expected, earlier ?? new EarlierArrivals(0, 0, 0), seen);

    private static ExpectedArrivals Fresh(long added = 0, long updated = 0, long removed = 0)
    {
        var counts = new GuestCounts(added, updated, removed);
        return new ExpectedArrivals { All = counts, Fresh = counts, Old = 0, ChangedSince = 0, AfterCycle = 0 };
    }

    private static GuestCounts Counts(ChangeKind? kind) => new(kind == Added ? 1 : 0, kind == Updated ? 1 : 0, kind == Removed ? 1 : 0);
}
