using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store.Tests;

/// <summary>What a round without news leaves.</summary>
public sealed class WaitingCursorTests : StoreTest
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An idle poll costs one commit; a crash before it begins the next round where this one did.</summary>
    [Fact]
    public void The_cursor_of_a_round_without_news_is_written_with_what_comes_next()
    {
        Store.Guests.CommitRound(Round("old", Change("a")));
        var before = Store.Reader.Version();
        Store.Guests.CommitRound(Round("new"));

        Assert.Equal(before, Store.Reader.Version());
        Assert.Equal("new", Store.Guests.ReadCursor()?.Link);
        using (var other = AgentStore.Open(Folder)) Assert.Equal("old", other.Guests.ReadCursor()?.Link);

        Store.Guests.RecordPollSuccess(Noon);
        using (var other = AgentStore.Open(Folder)) Assert.Equal("new", other.Guests.ReadCursor()?.Link);
    }

    /// <summary>A minute's poll is all that an idle agent writes, for years.</summary>
    [Fact]
    public void A_poll_without_news_writes_one_row_of_one_table()
    {
        Poll("old", Noon);
        var before = StoreDump.Read(Store.Path);
        Poll("new", Noon.AddMinutes(1));

        var written = StoreDump.Read(Store.Path).Zip(before).Where(value => value.First != value.Second).Select(value => value.First.Column);
        Assert.Equal(["watch.link", "watch.attempted_at", "watch.succeeded_at", "watch.beat_at", "watch.next_by"], written);
    }

    /// <summary>The cycle may have seen what comes after the cursor, and ended before it was written.</summary>
    [Fact]
    public void A_cycle_that_ends_before_the_cursor_is_written_does_not_count_as_one_before_it()
    {
        var first = Cycle();
        Store.Guests.CommitRound(Round("old"));
        Cycle();
        Store.Guests.CommitRound(Round("new", Change("a")));

        using var connection = new SqliteConnection($"Data Source={Store.Path};Pooling=false");
        connection.Open();
        Assert.Equal(first, connection.Number("SELECT after_cycle FROM change"));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_cursor_that_was_and_the_next_round_begins_there()
    {
        Store.Guests.CommitRound(Round("old", Change("a")));
        Store.Guests.CommitRound(Round("new"));
        Store.Committing = () => throw new InvalidOperationException("the plug");
        Assert.Throws<InvalidOperationException>(() => Store.Guests.RecordPollSuccess(Noon));

        Assert.Equal("old", Store.Guests.ReadCursor()?.Link);
    }

    private void Poll(string link, DateTimeOffset now)
    {
        Store.Guests.CommitRound(Round(link));
        Store.Guests.RecordPollSuccess(now, next: now.AddMinutes(1));
    }

    private static DeltaRound Round(string link, params GuestChange[] changes) => new() { Cursor = new DeltaCursor(link, "f", Noon), Changes = changes };

    private static GuestChange Change(string id) => new(id, ChangeKind.Added, id, null, Noon);

    private long Cycle()
    {
        var cycle = Store.Cycles.BeginCycle(new CycleStart("GuestChanges", TriggerKind.GraphDelta, "ChangeDriven", "r", null), Noon);
        Store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.Succeeded, null), Noon);
        return cycle;
    }
}
