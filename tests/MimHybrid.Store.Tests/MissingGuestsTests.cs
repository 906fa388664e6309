using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Tests;

/// <summary>How many guests MIM owes: a number that lasts as long as the guests are missing, and no longer.</summary>
public sealed class MissingGuestsTests : StoreTest
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private long Missing => Store.Reader.CountMissingGuests();

    [Fact]
    public void Before_any_cycle_and_where_all_arrive_none_is()
    {
        Assert.Equal(0, Missing);
        Run(expected: 1, seen: 1, missing: 0, guests: "lena");
        Assert.Equal(0, Missing);
    }

    [Fact]
    public void A_guest_stays_missing_while_others_arrive_and_while_nothing_happens()
    {
        Run(expected: 2, seen: 1, missing: 1, guests: ["lena", "max"]);
        Run(expected: 1, seen: 1, missing: 0, guests: "ida");
        Run(expected: null, seen: 0, missing: null);

        Assert.Equal(1, Missing);
    }

    [Fact]
    public void It_is_over_when_a_later_synchronization_brings_more_than_was_expected_of_it()
    {
        Run(expected: 2, seen: 0, missing: 2, guests: ["lena", "max"]);
        Run(expected: 1, seen: 2, missing: 0, guests: "ida");
        Assert.Equal(1, Missing);

        Run(expected: null, seen: 3, missing: null);
        Assert.Equal(0, Missing);
        Run(expected: 1, seen: 0, missing: 1, guests: "kim");
        Assert.Equal(1, Missing);
    }

    [Fact]
    public void It_is_over_when_MIM_has_as_many_guests_connected_as_Graph_knows()
    {
        Run(expected: 1, seen: 0, missing: 1, guests: "lena");
        Run(expected: null, seen: 0, missing: null, connected: Store.Reader.CountLiveGuests());

        Assert.Equal(0, Missing);
    }

    [Fact]
    public void It_is_over_when_Graph_says_something_newer_of_the_guest()
    {
        Run(expected: 1, seen: 0, missing: 1, guests: "lena");
        Commit(ChangeKind.Removed, "lena");

        Assert.Equal(0, Missing);
    }

    /// <summary>Its changes stay pending, and are expected again.</summary>
    [Fact]
    public void A_cycle_that_did_not_end_well_owes_nothing()
    {
        Commit(ChangeKind.Added, "lena");
        RunCarrying(expected: 1, seen: 0, missing: 1, new CycleEnd(CycleOutcome.Failed, "why"));

        Assert.Equal(0, Missing);
    }

    /// <summary>What MIM shows of a change nobody can tell later: it stays a finding of its cycle.</summary>
    [Fact]
    public void A_change_of_a_guest_is_no_guest()
    {
        Commit(ChangeKind.Updated, "lena");
        RunCarrying(expected: 0, seen: 0, missing: 1, new CycleEnd(CycleOutcome.SucceededWithFindings));

        Assert.Equal(0, Missing);
    }

    private void Run(long? expected, long seen, long? missing, long? connected = null, params string[] guests)
    {
        Commit(ChangeKind.Added, guests);
        RunCarrying(expected, seen, missing, new CycleEnd(CycleOutcome.Succeeded) { ConnectedGuests = connected });
    }

    private void RunCarrying(long? expected, long seen, long? missing, CycleEnd end)
    {
        var cycle = Store.Cycles.BeginCycle(new CycleStart("GuestChanges", TriggerKind.GraphDelta, "ChangeDriven", "a test", null), Noon);
        var import = new PlannedStep(1, "AADMA", "Delta Import (Stage Only)", StepKind.Import);
        var synchronization = new PlannedStep(2, "AADMA", "Delta Synchronization", StepKind.Synchronization);
        Store.Cycles.BeginStep(cycle, import, firstImport: true, Noon);
        Store.Cycles.EndStep(cycle, End(import));
        Store.Cycles.BeginStep(cycle, synchronization, firstImport: false, Noon);
        Store.Cycles.BeginArrival(cycle);
        Store.Cycles.EndStep(cycle, End(synchronization) with { Seen = new GuestCounts(seen, 0, 0) });
        if (expected is { } added)
            Store.Cycles.RecordArrival(
                cycle,
                new ArrivalRecord { Expected = new GuestCounts(added, 0, 0), Seen = new GuestCounts(seen, 0, 0), Missing = missing!.Value },
                new GuestCounts(added, 0, 0));
        Store.Cycles.EndCycle(cycle, end, Noon);
    }

    private void Commit(ChangeKind kind, params string[] guests) => Store.Guests.CommitRound(new DeltaRound
    {
        Cursor = new DeltaCursor("link", "f", Noon),
        Remembered = kind == ChangeKind.Removed ? [] : [.. guests.Select(id => new Guest(id, GuestState.Live, id, id, null, Noon))],
        Forgotten = kind == ChangeKind.Removed ? guests : [],
        Changes = [.. guests.Select(id => new GuestChange(id, kind, id, null, Noon))],
    });

    private static StepEnd End(PlannedStep step) => new(
        step, new StepRecord { Position = step.Position, ManagementAgent = step.ManagementAgent, RunProfile = step.RunProfile, Result = "success" })
    {
        EndedWell = true,
    };
}
