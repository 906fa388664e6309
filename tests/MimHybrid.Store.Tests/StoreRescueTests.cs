using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Tests;

/// <summary>A store that cannot be used is put aside, never deleted and never adopted; what can be read of it is saved.</summary>
public sealed class StoreRescueTests : IDisposable
{
    private const int Cycles = 300;
    private const int Guests = 3000;

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-store-").FullName;
    private readonly FakeTimeProvider clock = new(Noon);

    private string File => Path.Combine(folder, "agent.db");

    private string Aside => Path.Combine(folder, "agent-20261122-120000.db");

    [Fact]
    public void The_first_start_loses_nothing_and_the_second_neither()
    {
        using (var store = Open()) Assert.Null(store.Loss);
        using var again = Open();
        Assert.Null(again.Loss);
        Assert.Null(again.Reader.ReadRescue());
    }

    [Fact]
    public void An_empty_file_is_not_adopted_as_a_new_store()
    {
        System.IO.File.WriteAllBytes(File, []);
        using var store = Open();
        Assert.Contains("it is empty. ", store.Loss!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Nothing could be saved from it: ", store.Loss.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("0 ", store.Loss.ToString().Replace(Aside, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(Aside).Length);
        Assert.Equal((Noon, store.Loss.ToString()), store.Reader.ReadRescue() is { } rescue ? (rescue.At, rescue.Told) : default);
    }

    /// <summary>SQLite's quick check passes it, and each forced cycle would fail for a constraint that nobody made.</summary>
    [Fact]
    public void A_letter_flipped_in_a_table_s_description_is_a_damage_like_any_other()
    {
        using (var store = Open()) store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Full", "a test", null), Noon);
        var bytes = System.IO.File.ReadAllBytes(File);
        for (var at = 0; bytes.AsSpan(at).IndexOf("'Command'"u8) is var next and >= 0; at += next + 1) bytes[at + next + 3] ^= 0x80;
        System.IO.File.WriteAllBytes(File, bytes);

        using var rescued = Open();
        Assert.Contains("the table cycle is missing, or is not as MimHybrid made it", rescued.Loss!.ToString(), StringComparison.Ordinal);
        Assert.Equal("FallbackCycle", rescued.Reader.ReadLastCycle()?.Function);
        rescued.Cycles.BeginCycle(new CycleStart("ForcedRun", TriggerKind.Command, "Full", "a test", null), Noon);
    }

    [Fact]
    public void Text_in_place_of_a_store_is_put_aside_as_it_is()
    {
        var text = new string('x', 10_000);
        System.IO.File.WriteAllText(File, text);
        using var store = Open();
        Assert.Equal(text, System.IO.File.ReadAllText(Aside));
        Assert.Contains(Aside, store.Loss!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("..", store.Loss.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, store.Reader.CountLiveGuests());
    }

    [Fact]
    public void A_database_of_another_program_is_put_aside()
    {
        Run("CREATE TABLE places (url TEXT); INSERT INTO places VALUES ('https://example.org/')");
        using var store = Open();
        Assert.Contains("it belongs to another program", store.Loss!.Why, StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(Aside));
    }

    [Fact]
    public void A_folder_that_had_a_store_and_has_none_is_no_new_folder()
    {
        Open().Dispose();
        System.IO.File.Delete(File);
        Assert.Contains("it is gone", Assert.Throws<StoreException>(() => AgentReader.TryOpen(folder)).Message, StringComparison.Ordinal);
        using (var store = Open()) Assert.Contains("had a store, and it is gone", store.Loss!.ToString(), StringComparison.Ordinal);
        using var again = Open();
        Assert.Null(again.Loss);
    }

    [Fact]
    public void A_newer_store_is_left_where_it_is()
    {
        Open().Dispose();
        Run("PRAGMA user_version = 999");
        Assert.Contains("Update MimHybrid", Assert.Throws<StoreException>(Open).Message, StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(File));
        Assert.False(System.IO.File.Exists(Aside));
    }

    [Fact]
    public void Of_a_torn_store_what_can_be_read_is_saved_and_the_file_is_kept_to_the_byte()
    {
        Fill();
        Tear(at: 0.5, pages: 20);
        var torn = System.IO.File.ReadAllBytes(File);

        using var store = Open();
        Assert.Equal(torn, System.IO.File.ReadAllBytes(Aside));
        Assert.InRange(store.Reader.ReadLog(new RunLogQuery()).Count(), 10, Cycles);
        Assert.InRange(store.Reader.CountLiveGuests(), 10, Guests);
        Assert.Contains(store.Loss!.Saved, rows => !rows.IsComplete);
        Assert.Null(store.Guests.ReadCursor()); // the tenant is read anew and compared with the guests known
        Assert.Empty(store.Reader.ReadSnapshot(Noon).LastSuccess); // and the timers are due
    }

    [Fact]
    public void What_was_held_is_held_and_what_was_approved_has_to_be_approved_again()
    {
        Fill();
        using (var before = Open())
        {
            before.Guests.CommitRound(Round("two", [.. Enumerable.Range(0, 60).Select(Removed)]));
            before.Requests.ApproveRemovals("ada", Noon);
            Assert.Equal(0, before.Reader.ReadSnapshot(Noon).Pending.UnapprovedRemovals);
        }

        Run("DROP TABLE step"); // not torn, and no store of ours any more
        using var store = Open();
        Assert.Equal(60, store.Reader.ReadSnapshot(Noon).Pending.UnapprovedRemovals);
        Assert.Equal(Cycles, store.Reader.ReadLog(new RunLogQuery()).Count());
        Assert.Equal(Guests - 60, store.Reader.CountLiveGuests());
    }

    /// <summary>
    /// SQLite checks pages and rows, and takes the definition of a table as it stands: one wrong letter, and no cycle can be forced.
    /// </summary>
    [Fact]
    public void A_table_whose_definition_is_another_one_is_damage()
    {
        Fill();
        var bytes = System.IO.File.ReadAllBytes(File);
        while (bytes.AsSpan().IndexOf("'Timer', 'Command'"u8) is >= 0 and var at) bytes[at + "'Timer', 'Co".Length] ^= 0x80; // old copies, too
        System.IO.File.WriteAllBytes(File, bytes);

        using var store = Open();
        Assert.Contains("the table cycle", store.Loss!.Why, StringComparison.Ordinal);
        Assert.Equal((Guests, Cycles), (store.Reader.CountLiveGuests(), store.Reader.ReadLog(new RunLogQuery()).Count()));
        store.Cycles.BeginCycle(new CycleStart("ForcedRun", TriggerKind.Command, "Full", "forced by ada", null), Noon);
    }

    [Fact]
    public void A_definition_that_is_no_sql_any_more_costs_no_row()
    {
        Fill();
        var bytes = System.IO.File.ReadAllBytes(File);
        while (bytes.AsSpan().IndexOf("CREATE INDEX cycle_outcome"u8) is >= 0 and var at) bytes[at + "CREATE INDEX cycle".Length] = (byte)' ';
        System.IO.File.WriteAllBytes(File, bytes);

        using var store = Open();
        Assert.Contains("malformed database schema", store.Loss!.Why, StringComparison.Ordinal);
        Assert.Equal((Guests, Cycles), (store.Reader.CountLiveGuests(), store.Reader.ReadLog(new RunLogQuery()).Count()));
    }

    [Fact]
    public void Of_a_store_whose_end_is_gone_what_is_left_is_saved()
    {
        Fill();
        using (var file = new FileStream(File, FileMode.Open)) file.SetLength(file.Length * 3 / 4);

        using var store = Open();
        Assert.InRange(store.Reader.ReadLog(new RunLogQuery()).Count(), 10, Cycles);
        Assert.InRange(store.Reader.CountLiveGuests(), 10, Guests);
    }

    [Fact]
    public void What_somebody_added_for_their_own_use_is_no_damage()
    {
        Open().Dispose();
        Run("CREATE VIEW theirs AS SELECT id FROM cycle; CREATE INDEX theirs_too ON cycle (ended_at); ANALYZE");
        using var store = Open();
        Assert.Null(store.Loss);
    }

    [Fact]
    public void A_rescue_that_was_cut_off_between_its_last_two_steps_is_finished()
    {
        Fill();
        System.IO.File.Move(File, Path.Combine(folder, "agent.db.new"));
        using var store = Open();
        Assert.Null(store.Loss);
        Assert.Equal(Guests, store.Reader.CountLiveGuests());
    }

    /// <summary>A byte anywhere: the agent comes up with a store that works, or says in a sentence what is wrong.</summary>
    [Fact]
    public void Whatever_byte_is_wrong_the_store_opens_or_says_why_not()
    {
        Fill();
        var whole = System.IO.File.ReadAllBytes(File);
        for (var place = 0; place < 25; place++)
        {
            foreach (var left in Directory.GetFiles(folder, "agent-*")) System.IO.File.Delete(left);
            var bytes = (byte[])whole.Clone();
            bytes[(int)((long)place * place * 7919 % whole.Length)] ^= 0x5A;
            System.IO.File.WriteAllBytes(File, bytes);
            try
            {
                using var store = Open();
                _ = store.Reader.ReadLog(new RunLogQuery()).Count();
                store.Cycles.Beat(Noon, Noon);
                _ = store.Reader.ReadSnapshot(Noon);
            }
            catch (StoreException e)
            {
                Assert.Contains(File, e.Message, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static GuestChange Removed(int number) => new($"guest-{number:0000}", ChangeKind.Removed, $"Guest {number}", null, Noon);

    private static DeltaRound Round(string link, params GuestChange[] changes) => new()
    {
        Cursor = new DeltaCursor(link, "f", Noon),
        Remembered = [.. changes.Select(change => new Guest(change.Id, change.Kind == ChangeKind.Removed ? GuestState.SoftDeleted : GuestState.Live, "digest", change.Name, null, Noon))],
        Changes = changes,
    };

    private AgentStore Open() => AgentStore.Open(folder, chosen: null, clock);

    private void Fill()
    {
        using var store = Open();
        store.Guests.CommitRound(Round("one", [.. Enumerable.Range(0, Guests).Select(number => Removed(number) with { Kind = ChangeKind.Added })]));
        foreach (var number in Enumerable.Range(0, Cycles))
        {
            var cycle = store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Full", $"because of {number}", null), Noon);
            store.Cycles.BeginStep(cycle, new PlannedStep(1, "AADMA", "Full Import (Stage Only)", StepKind.Import), firstImport: true, Noon);
            store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.Succeeded), Noon);
        }
    }

    private void Tear(double at, int pages)
    {
        using var file = new FileStream(File, FileMode.Open, FileAccess.ReadWrite);
        file.Position = (long)(file.Length * at) / 4096 * 4096;
        file.Write(new byte[pages * 4096]);
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the test's own words
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
