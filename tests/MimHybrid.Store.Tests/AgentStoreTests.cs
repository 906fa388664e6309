using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Tests;

public sealed class AgentStoreTests : StoreTest
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly PlannedStep Import = new(1, "AADMA", "Delta Import (Stage Only)", StepKind.Import);
    private static readonly PlannedStep Export = new(2, "ADMA", "Export", StepKind.Export);

    [Fact]
    public void A_round_is_kept_whole_across_a_restart()
    {
        Store.Guests.CommitRound(Round("one", Change("a"), Change("b", ChangeKind.Removed)));
        using var again = AgentStore.Open(Folder);
        Assert.Equal(new DeltaCursor("one", "f", Noon), again.Guests.ReadCursor());
        Assert.Equal(2, again.Reader.ReadSnapshot(Noon).Pending.Count);
        Assert.Equal(GuestState.Live, again.Guests.FindGuests(["a", "b", "c"])["a"].State);
    }

    [Fact]
    public void A_round_that_fails_on_its_way_leaves_nothing_behind()
    {
        Store.Guests.CommitRound(Round("one", Change("a")));
        var broken = Round("two", Change("b"), Change("c") with { Id = null! });
        Assert.ThrowsAny<Exception>(() => Store.Guests.CommitRound(broken));
        Assert.Equal("one", Store.Guests.ReadCursor()!.Link);
        Assert.Equal(1, Store.Reader.ReadSnapshot(Noon).Pending.Count);
        Assert.Empty(Store.Guests.FindGuests(["b"]));
    }

    [Fact]
    public void A_change_is_carried_only_by_a_good_cycle_whose_first_import_began_after_it()
    {
        Store.Guests.CommitRound(Round("one", Change("early")));
        var cycle = Store.Cycles.BeginCycle(Start(), Noon);
        Store.Cycles.BeginStep(cycle, Import, firstImport: true, Noon);
        Store.Guests.CommitRound(Round("two", Change("late")));
        Store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.Succeeded), Noon);

        Assert.Equal("early", Assert.Single(Store.Reader.ReadCycle(cycle)!.Changes).Id);
        Assert.Equal("late", Assert.Single(Store.Reader.ReadPendingChanges(10)).Id);
    }

    [Theory]
    [InlineData(CycleOutcome.Failed)]
    [InlineData(CycleOutcome.Stopped)]
    public void A_cycle_that_did_not_end_well_carries_nothing_and_the_next_has_the_same_causes(CycleOutcome outcome)
    {
        Store.Guests.CommitRound(Round("one", Change("a")));
        var first = ImportAndEnd(outcome);
        var second = ImportAndEnd(CycleOutcome.Succeeded);
        var third = ImportAndEnd(CycleOutcome.Succeeded);
        Assert.Equal(Store.Reader.ReadCycle(first)!.Changes, Store.Reader.ReadCycle(second)!.Changes);
        Assert.Single(Store.Reader.ReadCycle(second)!.Changes);
        Assert.Empty(Store.Reader.ReadCycle(third)!.Changes);
    }

    [Fact]
    public void What_a_crash_cut_off_is_closed_as_abandoned_and_its_changes_stay()
    {
        Store.Guests.CommitRound(Round("one", Change("a")));
        var cycle = Store.Cycles.BeginCycle(Start(), Noon);
        Store.Cycles.BeginStep(cycle, Import, firstImport: true, Noon);

        using var afterCrash = AgentStore.Open(Folder);
        var cutOff = afterCrash.Cycles.AbandonRunningCycles(cut => $"It was killed{cut.Pending}.", Noon.AddHours(1));
        Assert.Equal([new CutOffCycle(cycle, HasPending: true)], cutOff);
        Assert.Empty(afterCrash.Cycles.AbandonRunningCycles(_ => "It was killed.", Noon.AddHours(1)));
        var abandoned = afterCrash.Reader.ReadCycle(cycle)!;
        Assert.Equal((CycleOutcome.Abandoned, "It was killed; its changes stay pending."), (abandoned.Outcome, abandoned.Failure));
        Assert.Equal((1L, 0), (afterCrash.Reader.ReadSnapshot(Noon).Pending.Count, afterCrash.Reader.ReadSnapshot(Noon).Failures.Count));
    }

    [Fact]
    public void Of_a_cycle_without_changes_nobody_says_that_they_stay_pending()
    {
        Store.Guests.CommitRound(Round("one", Change("a")));
        var first = Store.Cycles.BeginCycle(Start(), Noon);
        Assert.Equal(new CutOffCycle(first, HasPending: true), Store.Reader.ReadRunning(first)); // before its import all would be its own
        Store.Cycles.BeginStep(first, Import, firstImport: true, Noon);
        Store.Cycles.EndCycle(first, new CycleEnd(CycleOutcome.Succeeded), Noon);
        Assert.Null(Store.Reader.ReadRunning(first));

        var second = Store.Cycles.BeginCycle(Start(), Noon);
        Store.Cycles.BeginStep(second, Import, firstImport: true, Noon);
        Store.Guests.CommitRound(Round("two", Change("b"))); // after its import: the next one's

        Assert.Equal(new CutOffCycle(second, HasPending: false), Store.Reader.ReadRunning(second));
        Assert.Equal("", Store.Reader.ReadRunning(second)!.Pending);
        var seen = Store.Reader.ReadCycle(second)!.CutOff(Store.Reader.ReadRunning(second)!);
        Assert.DoesNotContain("pending", seen.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_in_a_row_are_counted_from_the_last_success()
    {
        ImportAndEnd(CycleOutcome.Failed);
        ImportAndEnd(CycleOutcome.Succeeded);
        Assert.Empty(Store.Reader.ReadSnapshot(Noon).Failures);
        ImportAndEnd(CycleOutcome.Failed);
        ImportAndEnd(CycleOutcome.Failed);
        var (sequence, failed) = Assert.Single(Store.Reader.ReadSnapshot(Noon).Failures);
        Assert.Equal((Start().Sequence, 2, "why"), (sequence, failed.Count, failed.Why));
    }

    [Fact]
    public void A_sequence_is_the_same_however_its_name_was_typed()
    {
        foreach (var (name, outcome) in new[] { ("Full", CycleOutcome.Succeeded), ("full", CycleOutcome.Succeeded), ("FULL", CycleOutcome.Failed) })
            Store.Cycles.EndCycle(Store.Cycles.BeginCycle(Start() with { Sequence = name }, Noon), new CycleEnd(outcome, outcome == CycleOutcome.Failed ? "why" : null), Noon);

        var snapshot = Store.Reader.ReadSnapshot(Noon);
        Assert.Equal((Noon, 1), (Assert.Single(snapshot.LastSuccess).Value, Assert.Single(snapshot.Failures).Value.Count));
    }

    [Fact]
    public void A_forced_request_is_served_once_and_those_for_the_same_sequence_together()
    {
        var first = Store.Requests.RequestForcedRun("Full", "ada", false, Noon);
        var second = Store.Requests.RequestForcedRun("Full", "bob", false, Noon);
        var other = Store.Requests.RequestForcedRun("ChangeDriven", "eve", false, Noon);
        var cycle = Store.Cycles.BeginCycle(Start() with { Request = Store.Reader.ReadSnapshot(Noon).Forced }, Noon);
        Assert.Equal((cycle, cycle, null), (Store.Requests.ReadForcedRun(first)!.Cycle, Store.Requests.ReadForcedRun(second)!.Cycle, Store.Requests.ReadForcedRun(other)!.Cycle));
        Assert.Equal("eve", Store.Reader.ReadSnapshot(Noon).Forced!.RequestedBy);
        Store.Requests.WithdrawForcedRun(other, Noon);
        Assert.Null(Store.Reader.ReadSnapshot(Noon).Forced);
    }

    [Fact]
    public void A_write_by_anybody_else_changes_the_version()
    {
        using var other = AgentStore.Open(Folder);
        var before = Store.Reader.Version();
        Assert.Equal(before, Store.Reader.Version());
        other.Requests.RequestForcedRun(null, "ada", false, Noon);
        Assert.NotEqual(before, Store.Reader.Version());
    }

    [Fact]
    public void A_baseline_is_resumed_where_it_was_and_its_end_is_the_difference_to_before()
    {
        Store.Guests.CommitRound(Round("old", Change("stays"), Change("changes"), Change("goes")));
        ImportAndEnd(CycleOutcome.Succeeded);
        Store.Guests.ForgetCursor();
        Store.Guests.CommitBaselinePage(Page(Guest("stays"), Guest("taken back")), "page 2");

        using var afterCrash = AgentStore.Open(Folder);
        Assert.Equal(("page 2", 1, 2L, 2L), afterCrash.Guests.ReadBaseline() is { } e ? (e.NextLink, e.Pages, e.Users, e.Guests) : default);
        var result = afterCrash.Guests.CompleteBaseline(Page(Guest("changes", "other"), Guest("new")) with { NotGuests = ["taken back"] }, new DeltaCursor("new", "f", Noon));

        Assert.Equal((4, 3, 3), (result.Users, result.Guests, result.Changes.Count));
        Assert.Equal(
            [("changes", ChangeKind.Updated), ("goes", ChangeKind.Removed), ("new", ChangeKind.Added)],
            afterCrash.Reader.ReadPendingChanges(10).Select(change => (change.Id, change.Kind)).Order());
        Assert.Null(afterCrash.Guests.ReadBaseline());
        Assert.Equal(3, afterCrash.Reader.CountLiveGuests());
    }

    [Fact]
    public void A_soft_deleted_guest_who_turns_up_in_a_baseline_is_restored()
    {
        Store.Guests.CommitRound(Round("old") with { Remembered = [Guest("back") with { State = GuestState.SoftDeleted }] });
        Store.Guests.CompleteBaseline(Page(Guest("back")), new DeltaCursor("new", "f", Noon));
        Assert.Equal(ChangeKind.Restored, Assert.Single(Store.Reader.ReadPendingChanges(10)).Kind);
    }

    [Fact]
    public void The_run_log_is_found_by_guest_time_and_number()
    {
        Store.Guests.CommitRound(Round("one", Change("a") with { Name = "Lena Brandt", Mail = "Lena@Fabrikam.example" }));
        var lena = ImportAndEnd(CycleOutcome.Succeeded);
        Store.Guests.CommitRound(Round("two", Change("b")));
        var other = ImportAndEnd(CycleOutcome.Succeeded, Noon.AddHours(1));

        Assert.Equal([lena], Ids(new RunLogQuery { Guest = "fabrikam" }));
        Assert.Equal([lena], Ids(new RunLogQuery { Guest = "LENA b" }));
        Assert.Equal([other], Ids(new RunLogQuery { Since = Noon.AddMinutes(30) }));
        Assert.Equal([other], Ids(new RunLogQuery { Last = 1 }));
        Assert.Equal([lena, other], Ids(new RunLogQuery()));
    }

    [Theory]
    [InlineData("özlem")]
    [InlineData("ÖZLEM")]
    [InlineData("AK@fabrikam")]
    public void A_guest_is_found_whatever_the_letters_their_case_and_their_width(string text)
    {
        Store.Guests.CommitRound(Round("one", Change("a") with { Name = "Özlem Ａｋ", Mail = "ａｋ@fabrikam.example" }));
        Assert.Equal([ImportAndEnd(CycleOutcome.Succeeded)], Ids(new RunLogQuery { Guest = text }));
    }

    [Fact]
    public void A_success_in_the_future_counts_only_until_the_next_one()
    {
        ImportAndEnd(CycleOutcome.Succeeded, Noon.AddYears(1)); // and then the clock was set right
        ImportAndEnd(CycleOutcome.Succeeded, Noon);
        Assert.Equal(Noon, Store.Reader.ReadSnapshot(Noon).LastSuccess["ChangeDriven"]);
    }

    [Fact]
    public void A_good_cycle_without_the_guests_import_carries_nothing_and_hides_nothing_from_the_next()
    {
        Store.Guests.CommitRound(Round("one", Change("a")));
        ImportAndEnd(CycleOutcome.Failed);
        var other = Store.Cycles.BeginCycle(Start(), Noon);
        Store.Cycles.BeginStep(other, Import with { ManagementAgent = "ADMA" }, firstImport: false, Noon);
        Store.Cycles.EndCycle(other, new CycleEnd(CycleOutcome.Succeeded), Noon);
        var next = ImportAndEnd(CycleOutcome.Succeeded);

        Assert.Empty(Store.Reader.ReadCycle(other)!.Changes);
        Assert.Equal("a", Assert.Single(Store.Reader.ReadCycle(next)!.Changes).Id);
        Assert.Equal(0, Store.Reader.ReadSnapshot(Noon).Pending.Count);
    }

    [Fact]
    public void A_request_that_may_enter_a_window_is_not_kept_waiting_by_an_older_one_that_may_not()
    {
        Store.Requests.RequestForcedRun(null, "ada", pastWindow: false, Noon);
        Store.Requests.RequestForcedRun(null, "bob", pastWindow: true, Noon);
        Assert.Equal("bob", Store.Reader.ReadSnapshot(Noon).Forced!.RequestedBy);
    }

    [Fact]
    public void A_guest_who_was_removed_and_is_back_is_no_removal_any_more()
    {
        Store.Guests.CommitRound(Round("one", Change("a", ChangeKind.Removed), Change("b", ChangeKind.Removed)));
        Store.Guests.CommitRound(Round("two", Change("a", ChangeKind.Restored)));
        Assert.Equal(1, Store.Reader.ReadSnapshot(Noon).Pending.UnapprovedRemovals);
    }

    [Fact]
    public void Whose_guests_a_folder_holds_is_written_once()
    {
        Assert.Equal("Sandbox", Store.ClaimFor("Sandbox"));
        Assert.Equal("Sandbox", Store.ClaimFor("Tenant"));
    }

    private static CycleStart Start() => new("GuestChanges", TriggerKind.GraphDelta, "ChangeDriven", "test", null);

    private static GuestChange Change(string id, ChangeKind kind = ChangeKind.Added) => new(id, kind, id, null, Noon);

    private static Guest Guest(string id, string digest = "digest") => new(id, GuestState.Live, digest, id, null, Noon);

    private static DeltaRound Round(string link, params GuestChange[] changes) => new()
    {
        Cursor = new DeltaCursor(link, "f", Noon),
        Remembered = [.. changes.Select(change => Guest(change.Id))],
        Changes = changes,
    };

    private static BaselinePage Page(params Guest[] guests) => new() { Fingerprint = "f", ReadAt = Noon, Users = guests.Length, Guests = guests };

    private IEnumerable<long> Ids(RunLogQuery query) => Store.Reader.ReadLog(query).Select(cycle => cycle.Id);

    private long ImportAndEnd(CycleOutcome outcome, DateTimeOffset? at = null)
    {
        var cycle = Store.Cycles.BeginCycle(Start(), at ?? Noon);
        Store.Cycles.BeginStep(cycle, Import, firstImport: true, at ?? Noon);
        Store.Cycles.SkipStep(cycle, Export, "nothing to export");
        Store.Cycles.EndCycle(cycle, new CycleEnd(outcome, outcome == CycleOutcome.Succeeded ? null : "why"), at ?? Noon);
        return cycle;
    }
}
