using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>What the planner reads, all in one transaction.</summary>
internal static class SnapshotSql
{
    private const string CarriedNothing =
        "every step came to its end, and none of the guest changes was carried: no import of the guests ran.";

    /// <summary>
    /// A floor is a matter of seconds: what ended before so many cycles is behind it. And a Fallback too many, where they were more within
    /// the hour, does no harm.
    /// </summary>
    private const int NewestCycles = 50;

    public static AgentSnapshot Read(SqliteConnection connection, DateTimeOffset bootedAt)
    {
        var good = ReadLastGood(connection);
        return new AgentSnapshot
        {
            BootedAt = bootedAt,
            Pending = ReadPending(connection),
            Guests = GuestSql.CountLive(connection),
            Forced = RequestSql.ReadNextForced(connection),
            Failures = ReadFailures(connection),
            PersonsStop = ReadPersonsStop(connection),
            HeldStaged = ApprovalSql.ReadHeldStaged(connection),
            HeldExport = ApprovalSql.ReadHeldExport(connection),
            LastSuccess = good.ToDictionary(last => last.Sequence, last => last.EndedAt, StringComparer.OrdinalIgnoreCase),
            LastWhole = ReadLastWhole(connection),
            NewestTotals = ReadNewestTotals(connection),
            LastTotals = good.Where(last => last.Totals is not null)
                .ToDictionary(last => last.Sequence, last => last.Totals!, StringComparer.OrdinalIgnoreCase),
            LastEnded = ReadLastEnded(connection),
            OutageEndedAt = OutageSql.ReadLastEnd(connection),
        };
    }

    private static PendingChanges ReadPending(SqliteConnection connection)
    {
        var kinds = connection
            .Sql("SELECT kind, count(*), min(detected_at), max(detected_at) FROM change WHERE carried_by IS NULL AND wakes GROUP BY kind")
            .Rows(row => new PendingKind(row.Name<ChangeKind>(0), row.GetInt64(1), row.Time(2), row.Time(3)));
        var unapproved = ApprovalSql.CountUnapproved(connection);
        if (kinds.Count == 0) return PendingChanges.None with { UnapprovedRemovals = unapproved };
        return new PendingChanges(
            kinds.ToDictionary(kind => kind.Kind, kind => kind.Count),
            unapproved,
            kinds.Min(kind => kind.Oldest),
            kinds.Max(kind => kind.Newest),
            kinds.Where(kind => kind.Kind is ChangeKind.Added or ChangeKind.Restored).Min(kind => (DateTimeOffset?)kind.Oldest));
    }

    /// <summary>
    /// Each sequence's own. Cycles that our own shutdown, a crash, a person or the removal guard ended say nothing about the sync server
    /// and do not count. One that ended well and carried none of the changes that started it does: begun anew at once, it would come to the
    /// same, for ever.
    /// </summary>
    private static Dictionary<string, FailureStreak> ReadFailures(SqliteConnection connection) => connection
        .Sql(
            $"""
            WITH RECURSIVE {CycleSql.Sequences},
            streak (sequence, after) AS (
                SELECT sequence, coalesce((SELECT good.id FROM good_cycle AS good
                                           WHERE good.sequence = sequences.sequence COLLATE NOCASE AND NOT carried_nothing
                                           ORDER BY good.id DESC LIMIT 1), 0)
                FROM sequences WHERE sequence IS NOT NULL)
            -- the columns beside max() are those of its row
            SELECT cycle.sequence, count(*), max(cycle.id), ended_at, coalesce(failure, $nothing), needs_person
            FROM streak CROSS JOIN cycle ON cycle.sequence = streak.sequence COLLATE NOCASE AND cycle.id > streak.after
            WHERE (+outcome IN ('Failed', 'Stopped') AND failure IS NOT NULL AND stopped_by IS NULL) OR carried_nothing
            GROUP BY streak.sequence
            """,
            ("$nothing", CarriedNothing))
        .Rows(row => new FailedSequence(row.GetString(0),
            new FailureStreak(row.GetInt32(1), row.GetInt64(2), row.Time(3), row.GetString(4), row.GetBoolean(5))))
        .ToDictionary(failed => failed.Sequence, failed => failed.Streak, StringComparer.OrdinalIgnoreCase);

    /// <summary>Only while nothing has run since: whoever forced a run has settled it.</summary>
    private static PersonsStop? ReadPersonsStop(SqliteConnection connection) => connection
        .Sql("SELECT id, ended_at FROM cycle WHERE id = (SELECT max(id) FROM cycle) AND stopped_by = 'Person'")
        .Row(row => new PersonsStop(row.GetInt64(0), row.Time(1)));

    /// <summary>
    /// Of each sequence the last by number, not by time: after a clock was set back, a time in the future would stay the latest until it is
    /// reached.
    /// </summary>
    private static List<LastGood> ReadLastGood(SqliteConnection connection) => connection
        .Sql(
            $"""
            SELECT cycle.sequence, ended_at, connected_guests, known_guests
            FROM ({CycleSql.LastGoodOfEach}) AS good CROSS JOIN cycle ON cycle.id = good.id
            WHERE cycle.id > {RescueSql.LastCycle}
            """)
        .Rows(row => new LastGood(
            row.GetString(0), row.Time(1), row.IsDBNull(3) ? null : new GuestTotals(row.Time(1), row.GetInt64(2), row.GetInt64(3))));

    private static List<GuestTotals> ReadNewestTotals(SqliteConnection connection) => connection
        .Sql(
            """
            SELECT ended_at, connected_guests, known_guests FROM (SELECT * FROM cycle ORDER BY id DESC LIMIT $newest)
            WHERE known_guests IS NOT NULL ORDER BY id DESC LIMIT 2
            """,
            ("$newest", NewestCycles))
        .Rows(row => new GuestTotals(row.Time(0), row.GetInt64(1), row.GetInt64(2)));

    /// <summary>Only where every step ran is it known that all of the sequence was done.</summary>
    private static Dictionary<string, DateTimeOffset> ReadLastWhole(SqliteConnection connection) => connection
        .Sql(
            $"""
            SELECT sequence, ended_at, max(id) -- the columns beside max() are its row's
            FROM (SELECT * FROM cycle ORDER BY id DESC LIMIT $newest) AS newest
            WHERE outcome IN ('Succeeded', 'SucceededWithFindings') AND id > {RescueSql.LastCycle}
              AND NOT EXISTS (SELECT 1 FROM step WHERE cycle_id = newest.id AND skipped_because IS NOT NULL)
            GROUP BY sequence COLLATE NOCASE
            """,
            ("$newest", NewestCycles))
        .Rows(row => new Ended(row.GetString(0), row.Time(1)))
        .ToDictionary(whole => whole.Name, whole => whole.At, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whatever came of them. One that was cut off is taken up by the next at once: a start, or the pause after a fault, lies between.
    /// </summary>
    private static Dictionary<string, DateTimeOffset> ReadLastEnded(SqliteConnection connection) => connection
        .Sql(
            """
            SELECT function, ended_at, max(id) -- the columns beside max() are its row's
            FROM (SELECT id, function, outcome, ended_at FROM cycle ORDER BY id DESC LIMIT $newest)
            WHERE outcome NOT IN ('Running', 'Abandoned') GROUP BY function COLLATE NOCASE
            """,
            ("$newest", NewestCycles))
        .Rows(row => new Ended(row.GetString(0), row.Time(1)))
        .ToDictionary(ended => ended.Name, ended => ended.At, StringComparer.OrdinalIgnoreCase);

    // Classes and not tuples: a list of each tuple is compiled anew at each start of a command.
    private sealed record PendingKind(ChangeKind Kind, long Count, DateTimeOffset Oldest, DateTimeOffset Newest);

    private sealed record FailedSequence(string Sequence, FailureStreak Streak);

    private sealed record LastGood(string Sequence, DateTimeOffset EndedAt, GuestTotals? Totals);

    private sealed record Ended(string Name, DateTimeOffset At);
}
