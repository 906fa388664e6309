using Microsoft.Data.Sqlite;
using MimHybrid.Core.Changes;
using MimHybrid.Core.Planning;

namespace MimHybrid.Core.Store;

/// <content>What the planner reads, all in one transaction.</content>
public sealed partial class AgentStore
{
    private const string EndedWell = "outcome IN ('Succeeded', 'SucceededWithFindings')";

    private const string LastGood = $"(SELECT coalesce(max(id), 0) FROM cycle WHERE {EndedWell})";

    public AgentSnapshot ReadSnapshot(DateTimeOffset bootedAt) => Read(connection => new AgentSnapshot
    {
        BootedAt = bootedAt,
        Pending = ReadPending(connection),
        Guests = CountLiveGuests(connection),
        Forced = ReadForced(connection),
        Failures = ReadFailures(connection),
        PersonsStop = ReadPersonsStop(connection),
        HeldStaged = ReadHeldStaged(connection),
        HeldExport = ReadHeldExport(connection),
        LastSuccess = ReadLastSuccess(connection),
    });

    /// <summary>The oldest changes that no cycle has carried.</summary>
    public IReadOnlyList<GuestChange> ReadPendingChanges(int most) => Read(connection => connection
        .Sql("SELECT guest_id, kind, name, mail, detected_at FROM change WHERE carried_by IS NULL AND wakes ORDER BY seq LIMIT $most", ("$most", most))
        .Rows(ReadChange));

    public long CountLiveGuests() => Read(CountLiveGuests);

    private static long CountLiveGuests(SqliteConnection connection) => connection.Number("SELECT count(*) FROM guest WHERE state = 'Live'");

    private static PendingChanges ReadPending(SqliteConnection connection)
    {
        var kinds = connection
            .Sql("SELECT kind, count(*), min(detected_at), max(detected_at) FROM change WHERE carried_by IS NULL AND wakes GROUP BY kind")
            .Rows(row => (Kind: row.Name<ChangeKind>(0), Count: row.GetInt64(1), Oldest: row.Time(2), Newest: row.Time(3)));

        // Removals that start nothing are in here too: an import carries them whatever started it.
        var unapproved = connection.Number(
            $"""
            SELECT count(*) FROM change
            WHERE {IsUnapproved}
            """);
        if (kinds.Count == 0) return PendingChanges.None with { UnapprovedRemovals = unapproved };
        return new PendingChanges(kinds.ToDictionary(kind => kind.Kind, kind => kind.Count), unapproved, kinds.Min(kind => kind.Oldest), kinds.Max(kind => kind.Newest));
    }

    private static ForcedRequest? ReadForced(SqliteConnection connection) => connection
        .Sql("SELECT id, sequence, requested_by, requested_at, past_window FROM forced_request WHERE cycle_id IS NULL AND withdrawn_at IS NULL ORDER BY past_window DESC, id LIMIT 1")
        .Row(row => new ForcedRequest(row.GetInt64(0), row.OptionalText(1), row.GetString(2), row.Time(3), row.GetBoolean(4)));

    /// <summary>
    /// Each sequence's own. Cycles that our own shutdown, a crash, a person or the removal guard ended say nothing about the sync server
    /// and do not count.
    /// </summary>
    private static Dictionary<string, FailureStreak> ReadFailures(SqliteConnection connection) => connection
        .Sql(
            $"""
            WITH good AS (SELECT sequence, max(id) AS id FROM cycle WHERE {EndedWell} GROUP BY sequence COLLATE NOCASE)
            SELECT cycle.sequence, count(*), max(cycle.id), ended_at, failure, needs_person -- the columns beside max() are those of its row
            FROM cycle LEFT JOIN good ON good.sequence = cycle.sequence COLLATE NOCASE
            WHERE outcome IN ('Failed', 'Stopped') AND failure IS NOT NULL AND stopped_by IS NULL AND cycle.id > coalesce(good.id, 0)
            GROUP BY cycle.sequence COLLATE NOCASE
            """)
        .Rows(row => (Sequence: row.GetString(0), Streak: new FailureStreak(row.GetInt32(1), row.GetInt64(2), row.Time(3), row.GetString(4), row.GetBoolean(5))))
        .ToDictionary(failed => failed.Sequence, failed => failed.Streak, StringComparer.OrdinalIgnoreCase);

    /// <summary>Only while nothing has run since: whoever forced a run has settled it.</summary>
    private static PersonsStop? ReadPersonsStop(SqliteConnection connection) => connection
        .Sql("SELECT id, ended_at, failure FROM cycle WHERE id = (SELECT max(id) FROM cycle) AND stopped_by = 'Person'")
        .Row(row => new PersonsStop(row.GetInt64(0), row.Time(1), row.GetString(2)));

    private static HeldDeletes? ReadHeldExport(SqliteConnection connection) => ReadHeld(connection, "held_deletes", "export");

    private static HeldDeletes? ReadHeldStaged(SqliteConnection connection) => ReadHeld(connection, "held_staged", "staged");

    private static HeldDeletes? ReadHeld(SqliteConnection connection, string held, string approved) => connection
        .Sql(
            $"""
            SELECT id, coalesce(held_on, ''), {held} FROM cycle
            WHERE id > {LastGood} AND {held} > (
                SELECT coalesce(max({approved}_deletes), 0) FROM removal_approval
                WHERE after_cycle >= cycle.id AND coalesce({approved}_on, '') = coalesce(held_on, '') COLLATE NOCASE)
            ORDER BY id DESC LIMIT 1
            """)
        .Row(row => new HeldDeletes(row.GetInt64(0), row.GetString(1), row.GetInt64(2)));

    /// <summary>The last by number, not by time: after a clock was set back, a time in the future would stay the latest until it is reached.</summary>
    private static Dictionary<string, DateTimeOffset> ReadLastSuccess(SqliteConnection connection) => connection
        .Sql($"SELECT sequence, ended_at FROM cycle WHERE id IN (SELECT max(id) FROM cycle WHERE {EndedWell} GROUP BY sequence COLLATE NOCASE)")
        .Rows(row => (Sequence: row.GetString(0), At: row.Time(1)))
        .ToDictionary(success => success.Sequence, success => success.At, StringComparer.OrdinalIgnoreCase);
}
