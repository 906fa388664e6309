using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Guests;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Guests;

public sealed class RoundReducerTests
{
    private static readonly DateTimeOffset Earlier = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DeltaCursor Cursor = new("a link", "a fingerprint", new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));

    private static readonly DeltaEntry Lena = new("u", EntryKind.Guest, new GuestDetails("new", "Lena Brandt", "lena@fabrikam.example"));

    private static Guest Known(GuestState state) => new("u", state, "old", "Lena Meyer", "lena@old.example", Earlier);

    private static EntryLedger Ledger(params DeltaEntry[] entries)
    {
        var ledger = new EntryLedger();
        foreach (var entry in entries) ledger.Add(entry);
        return ledger;
    }

    private static DeltaRound Reduce(DeltaEntry entry, Guest? known) =>
        RoundReducer.Reduce(Ledger(entry), known is null ? new Dictionary<string, Guest>() : new() { [known.Id] = known }, Cursor);

    [Fact]
    public void A_new_guest_is_remembered_and_added()
    {
        var round = Reduce(Lena, known: null);
        Assert.Equal([new Guest("u", GuestState.Live, "new", "Lena Brandt", "lena@fabrikam.example", Cursor.ObtainedAt)], round.Remembered);
        Assert.Equal([new GuestChange("u", ChangeKind.Added, "Lena Brandt", "lena@fabrikam.example", Cursor.ObtainedAt)], round.Changes);
        Assert.Empty(round.Forgotten);
        Assert.Equal(Cursor, round.Cursor);
    }

    [Fact]
    public void A_changed_guest_is_live_since_when_it_was()
    {
        var round = Reduce(Lena, Known(GuestState.Live));
        Assert.Equal(Earlier, Assert.Single(round.Remembered).Since);
        Assert.Equal(ChangeKind.Updated, Assert.Single(round.Changes).Kind);
    }

    [Fact]
    public void A_restored_guest_is_live_since_now()
    {
        var round = Reduce(Lena, Known(GuestState.SoftDeleted));
        Assert.Equal((GuestState.Live, Cursor.ObtainedAt), Assert.Single(round.Remembered) is var guest ? (guest.State, guest.Since) : default);
        Assert.Equal(ChangeKind.Restored, Assert.Single(round.Changes).Kind);
    }

    [Fact]
    public void A_deleted_guest_is_remembered_as_such_and_named_from_memory()
    {
        var round = Reduce(new DeltaEntry("u", EntryKind.Removed), Known(GuestState.Live));
        Assert.Equal([Known(GuestState.SoftDeleted) with { Since = Cursor.ObtainedAt }], round.Remembered);
        Assert.Equal([new GuestChange("u", ChangeKind.Removed, "Lena Meyer", "lena@old.example", Cursor.ObtainedAt)], round.Changes);
    }

    [Theory]
    [InlineData(EntryKind.NotGuest)]
    [InlineData(EntryKind.Purged)]
    public void A_guest_who_left_or_is_gone_for_good_is_forgotten_and_removed(EntryKind kind)
    {
        var round = Reduce(new DeltaEntry("u", kind), Known(GuestState.Live));
        Assert.Empty(round.Remembered);
        Assert.Equal(["u"], round.Forgotten);
        Assert.Equal([new GuestChange("u", ChangeKind.Removed, "Lena Meyer", "lena@old.example", Cursor.ObtainedAt)], round.Changes);
    }

    [Fact]
    public void A_guest_who_ceases_to_count_is_forgotten_and_told_as_such_and_not_as_removed()
    {
        var round = Reduce(new DeltaEntry("u", EntryKind.Outside) { Outside = IgnoredBecause.NotAccepted }, Known(GuestState.Live));
        Assert.Equal(["u"], round.Forgotten);
        var change = Assert.Single(round.Changes);
        Assert.Equal((ChangeKind.Updated, IgnoredBecause.NotAccepted), (change.Kind, change.LeftBecause));
        Assert.Equal("no longer counted (invitation not accepted)", change.Words);
        Assert.Empty(round.Ignored);
    }

    [Fact]
    public void The_purge_of_a_deleted_guest_is_no_change()
    {
        var round = Reduce(new DeltaEntry("u", EntryKind.Purged), Known(GuestState.SoftDeleted));
        Assert.Equal(["u"], round.Forgotten);
        Assert.Empty(round.Changes);
    }

    [Fact]
    public void Equal_entries_of_one_id_are_one_change()
    {
        var ledger = Ledger(Lena, Lena, Lena);
        Assert.Empty(RoundReducer.Undecided(ledger, new Dictionary<string, Guest>()));
        Assert.Single(RoundReducer.Reduce(ledger, new Dictionary<string, Guest>(), Cursor).Changes);
    }

    [Fact]
    public void Removed_softly_and_then_for_good_is_for_good_in_any_order()
    {
        DeltaEntry[] entries = [new("u", EntryKind.Removed), new("u", EntryKind.Purged)];
        Assert.Equal(EntryKind.Purged, Assert.Single(Ledger(entries).Entries).Kind);
        Assert.Equal(EntryKind.Purged, Assert.Single(Ledger([.. entries.Reverse()]).Entries).Kind);
        Assert.Empty(Ledger(entries).Uncertain);
    }

    [Fact]
    public void Entries_that_contradict_each_other_are_undecided_in_any_order()
    {
        (DeltaEntry, DeltaEntry)[] contradictions =
        [
            (Lena, new("u", EntryKind.Removed)),
            (Lena, new("u", EntryKind.Purged)),
            (Lena, new("u", EntryKind.NotGuest)),
            (Lena, Lena with { Details = Lena.Details! with { Digest = "newer" } }),
            (new("u", EntryKind.NotGuest), new("u", EntryKind.Removed)),
        ];
        foreach (var (one, other) in contradictions)
        {
            Assert.Equal(["u"], RoundReducer.Undecided(Ledger(one, other), new Dictionary<string, Guest>()));
            Assert.Equal(["u"], RoundReducer.Undecided(Ledger(other, one, one), new Dictionary<string, Guest>()));
        }
    }

    [Fact]
    public void What_was_read_by_id_decides()
    {
        var ledger = Ledger(Lena, new DeltaEntry("u", EntryKind.Removed));
        ledger.Settle(Lena with { Details = Lena.Details! with { Digest = "newest" } });
        Assert.Empty(RoundReducer.Undecided(ledger, new Dictionary<string, Guest>()));
        Assert.Equal("newest", Assert.Single(RoundReducer.Reduce(ledger, new Dictionary<string, Guest>(), Cursor).Remembered).Digest);
    }

    [Fact]
    public void A_deleted_guest_who_comes_back_without_a_type_is_undecided()
    {
        var known = new Dictionary<string, Guest> { ["u"] = Known(GuestState.SoftDeleted) };
        Assert.Equal(["u"], RoundReducer.Undecided(Ledger(new DeltaEntry("u", EntryKind.TypeAbsent)), known));
    }
}
