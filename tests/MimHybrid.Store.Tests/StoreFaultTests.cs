using Microsoft.Data.Sqlite;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Tests;

/// <summary>What SQLite objects to, and what is not as it should be, in words for an administrator.</summary>
public sealed class StoreFaultTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-store-").FullName;

    private string File => Path.Combine(folder, "agent.db");

    [Theory]
    [InlineData(5, "Another program holds the store")]
    [InlineData(6, "Another program holds the store")]
    [InlineData(7, "memory ran out")]
    [InlineData(8, "Remove the read-only attribute")]
    [InlineData(3, "open PowerShell as administrator, or join the operators group")]
    [InlineData(14, "open PowerShell as administrator, or join the operators group")]
    [InlineData(23, "open PowerShell as administrator, or join the operators group")]
    [InlineData(10, "Check the disk and its free space")]
    [InlineData(13, "Check the disk and its free space")]
    [InlineData(11, "Start the agent again: it puts the file aside")]
    [InlineData(26, "Start the agent again: it puts the file aside")]
    [InlineData(1, "has changed its tables")]
    [InlineData(17, "has changed its tables")]
    [InlineData(19, "refused a row that does not fit")]
    [InlineData(21, "code 21. This should not happen")]
    public void Every_code_has_a_sentence_with_the_next_step(int code, string sentence)
    {
        var told = StoreFaults.Explain(File, new SqliteException("the library's own words", code));
        Assert.Contains(sentence, told.Message, StringComparison.Ordinal);
        Assert.Contains(File, told.Message, StringComparison.Ordinal);
        Assert.Equal(code is 5 or 6 or 7, told.IsPassing);
        Assert.Equal(code is 11 or 26, told.IsDamage);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_told_as_that_by_whoever_opens_it()
    {
        Directory.CreateDirectory(File);
        Func<IDisposable?>[] ways = [() => AgentStore.Open(folder), () => AgentReader.TryOpen(folder), () => RequestStore.Open(folder)];
        foreach (var open in ways)
        {
            var told = Assert.Throws<StoreException>(() => open()?.Dispose()).Message;
            Assert.Contains("is a folder; move it away", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_store_that_another_program_holds_is_told_as_that_and_neither_damaged_nor_intact()
    {
        AgentStore.Open(folder).Dispose();
        using var viewer = Connect();
        using var transaction = viewer.BeginTransaction(deferred: false);
        var state = AgentReader.Inspect(folder);
        Assert.Null(state.Damage);
        Assert.Contains("Another program holds the store", state.NotWritable, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_gone_is_told_without_a_stack_trace()
    {
        using var store = AgentStore.Open(folder);
        Run("DROP TABLE decision");
        Assert.Contains("has changed its tables", Assert.Throws<StoreException>(store.Reader.ReadDecision).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_that_cannot_be_read_is_shown_as_such_and_hides_no_other()
    {
        using var store = AgentStore.Open(folder);
        foreach (var _ in Enumerable.Range(0, 3))
            store.Cycles.EndCycle(store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Full", "test", null), Noon), new CycleEnd(CycleOutcome.Succeeded), Noon);
        Run("UPDATE cycle SET started_at = 'yesterday' WHERE id = 2");

        var cycles = store.Reader.ReadLog(new RunLogQuery()).ToArray();
        Assert.Equal([1L, 2, 3], cycles.Select(cycle => cycle.Id));
        Assert.Contains("cannot be read from the store", cycles[1].Failure, StringComparison.Ordinal);
        Assert.Equal(CycleOutcome.Succeeded, cycles[2].Outcome);
    }

    [Fact]
    public void An_empty_store_is_not_called_an_older_one()
    {
        System.IO.File.WriteAllBytes(File, []);
        Assert.Contains("is empty", Assert.Throws<StoreException>(() => AgentReader.Open(folder)).Message, StringComparison.Ordinal);
        Assert.Equal("it is empty", AgentReader.Inspect(folder).Damage);
        Assert.Equal(0, new FileInfo(File).Length);
    }

    [Fact]
    public void A_loop_is_silent_once_its_own_word_is_long_past_and_a_new_holder_begins_without_any()
    {
        using var store = AgentStore.Open(folder);
        store.Guests.RecordPollSuccess(Noon);
        Assert.Empty(store.Reader.ReadHeartbeats()); // a single round promises nothing

        store.Guests.RecordPollFailure("away", Noon, next: Noon.AddMinutes(30));
        store.Cycles.Beat(Noon, Noon.AddMinutes(1));
        var beats = store.Reader.ReadHeartbeats().ToDictionary(beat => beat.Loop);
        Assert.Null(beats[AgentLoop.Poller].SilentFor(Noon.AddMinutes(14)));
        Assert.Null(beats[AgentLoop.Cycles].SilentFor(Noon.AddMinutes(2)));
        Assert.Equal(TimeSpan.FromMinutes(14), beats[AgentLoop.Cycles].SilentFor(Noon.AddMinutes(14)));

        store.RecordHolder(new Holder(1, "ada", Noon));
        Assert.Empty(store.Reader.ReadHeartbeats());
    }

    [Fact]
    public void A_cycle_that_ended_well_and_carried_nothing_counts_as_a_failure_until_one_carries()
    {
        using var store = AgentStore.Open(folder);
        store.Guests.CommitRound(new DeltaRound
        {
            Cursor = new DeltaCursor("one", "f", Noon),
            Remembered = [new Guest("a", GuestState.Live, "digest", "a", null, Noon)],
            Changes = [new GuestChange("a", ChangeKind.Added, "a", null, Noon)],
        });
        End(import: false);
        End(import: false);
        var (sequence, streak) = Assert.Single(store.Reader.ReadSnapshot(Noon).Failures);
        Assert.Equal(("ChangeDriven", 2), (sequence, streak.Count));
        Assert.Contains("none of the guest changes was carried", streak.Why, StringComparison.Ordinal);
        Assert.Equal(Noon, store.Reader.ReadSnapshot(Noon).LastEnded["GuestChanges"]);

        End(import: true);
        Assert.Empty(store.Reader.ReadSnapshot(Noon).Failures);
        Assert.Equal(0, store.Reader.ReadSnapshot(Noon).Pending.Count);

        void End(bool import)
        {
            var cycle = store.Cycles.BeginCycle(new CycleStart("GuestChanges", TriggerKind.GraphDelta, "ChangeDriven", "test", null), Noon);
            if (import) store.Cycles.BeginStep(cycle, new PlannedStep(1, "AADMA", "Delta Import (Stage Only)", StepKind.Import), firstImport: true, Noon);
            store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.Succeeded), Noon);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Run(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the test's own words
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
