using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Cycles as they begin and end, and what a crash left of them.</summary>
internal static class CycleSql
{
    /// <summary>
    /// Each sequence that ever ran, from one to the next in the index: there are a handful of them in a million cycles.
    /// </summary>
    public const string Sequences =
        """
        sequences (sequence) AS (
            SELECT min(sequence COLLATE NOCASE) FROM cycle
            UNION ALL
            SELECT (SELECT min(sequence COLLATE NOCASE) FROM cycle WHERE cycle.sequence > sequences.sequence COLLATE NOCASE)
            FROM sequences WHERE sequence IS NOT NULL)
        """;

    /// <summary>The last cycle of each sequence that ended well, with its sequence.</summary>
    public const string LastGoodOfEach =
        $"""
        WITH RECURSIVE {Sequences}
        SELECT id, sequence FROM (
            SELECT sequence, (SELECT good.id FROM good_cycle AS good WHERE good.sequence = sequences.sequence COLLATE NOCASE
                              ORDER BY good.id DESC LIMIT 1) AS id
            FROM sequences) WHERE id IS NOT NULL
        """;

    /// <summary>
    /// Whether a change caused a cycle: the one that carried it, and those that tried before. None after the carrier is looked at.
    /// </summary>
    public const string IsCausedBy =
        """
        through_change > after_change AND through_change >= $change AND after_change < $change
        AND through_change <= coalesce((SELECT carrier.through_change FROM change JOIN cycle AS carrier ON carrier.id = carried_by
                                        WHERE seq = $change), 9223372036854775807)
        """;

    public static long Begin(SqliteConnection connection, CycleStart start, DateTimeOffset now)
    {
        var id = connection.Number(
            """
            INSERT INTO cycle (function, trigger, sequence, reason, reason_unnamed, forced_by, started_at, outcome)
            VALUES ($function, $trigger, $sequence, $reason, $unnamed, $by, $now, 'Running') RETURNING id
            """,
            ("$function", start.Function), ("$trigger", start.Trigger), ("$sequence", start.Sequence), ("$reason", start.Reason),
            ("$unnamed", start.ReasonUnnamed), ("$by", start.Request?.RequestedBy), ("$now", now));

        if (start.Request is { } request)
            connection.Run(
                """
                UPDATE forced_request SET cycle_id = $cycle
                WHERE cycle_id IS NULL AND withdrawn_at IS NULL AND (id = $request OR sequence IS $sequence)
                """,
                ("$cycle", id), ("$request", request.Id), ("$sequence", request.Sequence));
        return id;
    }

    /// <summary>
    /// Settles which changes a cycle carries: those committed before its first import, since only they were there before the import looked
    /// (src/README.md#statement-1).
    /// </summary>
    public static void SettleCauses(SqliteConnection connection, long cycle) => connection.Run(
        """
        UPDATE cycle SET through_change = (SELECT coalesce(max(seq), 0) FROM change),
                         after_change = coalesce(
                             (SELECT through_change FROM good_cycle WHERE through_change > 0 ORDER BY id DESC LIMIT 1), 0)
        WHERE id = $cycle
        """,
        ("$cycle", cycle));

    public static void End(SqliteConnection connection, long cycle, CycleEnd end, DateTimeOffset now)
    {
        connection.Run(
            """
            UPDATE cycle SET ended_at = $now, outcome = $outcome, failure = $failure, failure_brief = $brief,
                             needs_person = $person, stopped_by = $by, held_on = $on, held_deletes = $held, held_staged = $staged
            WHERE id = $cycle
            """,
            ("$cycle", cycle), ("$now", now), ("$outcome", end.Outcome), ("$failure", end.Failure), ("$brief", end.Brief),
            ("$person", end.NeedsPerson),
            ("$by", end.StoppedBy), ("$on", end.HeldOn), ("$held", end.HeldDeletes), ("$staged", end.HeldStagedDeletes));
        var carried = connection.Run(
            """
            UPDATE change SET carried_by = $cycle
            WHERE carried_by IS NULL AND seq <= (SELECT through_change FROM good_cycle WHERE id = $cycle)
            """,
            ("$cycle", cycle));
        if (end.ConnectedGuests is { } connected) RecordTotals(connection, cycle, connected);
        if (carried == 0)
            connection.Run(
                """
                UPDATE cycle SET carried_nothing = 1
                WHERE trigger = 'GraphDelta' AND id = (SELECT id FROM good_cycle WHERE id = $cycle)
                  AND EXISTS (SELECT 1 FROM change WHERE carried_by IS NULL AND wakes)
                """,
                ("$cycle", cycle));
    }

    private static void RecordTotals(SqliteConnection connection, long cycle, long connected)
    {
        if (connection.Number("SELECT EXISTS (SELECT 1 FROM change WHERE carried_by IS NULL)") != 0) return;
        connection.Run(
            "UPDATE cycle SET connected_guests = $connected, known_guests = $known WHERE id = $cycle",
            ("$cycle", cycle), ("$connected", connected), ("$known", GuestSql.CountLive(connection)));
    }

    public static void NoteDecision(SqliteConnection connection, long cycle, CycleDecision decision) => connection.Run(
        "INSERT INTO cycle_decision (cycle_id, step, at, text, unnamed) VALUES ($cycle, $step, $at, $text, $unnamed)",
        ("$cycle", cycle), ("$step", decision.Step), ("$at", decision.At), ("$text", decision.Text), ("$unnamed", decision.Unnamed));

    /// <summary>What the planner decided when the cycle had ended.</summary>
    public static void NoteNext(SqliteConnection connection, long cycle, string decision, string? brief, string? unnamed) => connection.Run(
        "UPDATE cycle SET next_decision = $decision, next_brief = $brief, next_unnamed = $unnamed WHERE id = $cycle",
        ("$decision", decision), ("$brief", brief), ("$unnamed", unnamed), ("$cycle", cycle));

    /// <summary>What was committed by a cycle's first import (through_change) is its own; before that, all would be.</summary>
    public static List<CutOffCycle> ReadRunning(SqliteConnection connection) => connection
        .Sql(
            """
            SELECT id, EXISTS (SELECT 1 FROM change
                               WHERE carried_by IS NULL AND wakes
                             AND (through_change = 0 OR seq <= through_change))
            FROM cycle WHERE outcome = 'Running' ORDER BY id
            """)
        .Rows(row => new CutOffCycle(row.GetInt64(0), row.GetBoolean(1)));

    public static void Abandon(SqliteConnection connection, CutOffCycle cycle, string why, DateTimeOffset now) => connection.Run(
        "UPDATE cycle SET outcome = 'Abandoned', ended_at = $now, failure = $why WHERE id = $cycle",
        ("$now", now), ("$why", why), ("$cycle", cycle.Id));

    public static List<CutOffStep> ReadCutOffSteps(SqliteConnection connection) => connection
        .Sql(
            """
            SELECT cycle_id, sequence, position, management_agent, run_profile, step.started_at,
                   (SELECT coalesce(max(run_number), 0) FROM step AS before WHERE before.management_agent = step.management_agent)
            FROM cycle JOIN step ON step.cycle_id = cycle.id
            WHERE outcome = 'Abandoned' AND result IS NULL AND skipped_because IS NULL
            ORDER BY cycle_id, position
            """)
        .Rows(row => new CutOffStep
        {
            Cycle = row.GetInt64(0),
            Sequence = row.GetString(1),
            Position = row.GetInt32(2),
            ManagementAgent = row.GetString(3),
            RunProfile = row.GetString(4),
            StartedAt = row.Time(5),
            LastRunNumber = row.GetInt32(6),
        });

    /// <summary>By number and not by time, as the clock can be set back; the newest is nearly always the first that is looked at.</summary>
    public static DateTimeOffset? ReadLastWithoutRefusals(SqliteConnection connection) => connection
        .Sql(
            $"""
            SELECT ended_at FROM good_cycle AS good
            WHERE id > {RescueSql.LastCycle} AND NOT EXISTS (SELECT 1 FROM step WHERE cycle_id = good.id AND refused > 0)
            ORDER BY id DESC LIMIT 1
            """)
        .Rows(row => (DateTimeOffset?)row.Time(0)).FirstOrDefault();

    public static RunHistoryCleanup? ReadRunHistoryCleanup(SqliteConnection connection) => connection
        .Sql("SELECT asked_at, cleared_through, goes_on FROM run_history_cleanup")
        .Row(row => new RunHistoryCleanup(row.Time(0), row.OptionalTime(1), row.GetBoolean(2)));

    /// <summary>Removes cycles that nothing counts from any more, with all that belongs to them.</summary>
    public static int Trim(SqliteConnection connection, DateTimeOffset endedBefore, int most)
    {
        connection.Run("CREATE TEMP TABLE IF NOT EXISTS trimmed (id INTEGER PRIMARY KEY)");
        connection.Run("DELETE FROM temp.trimmed");
        var found = connection.Run(
            $"""
            INSERT INTO temp.trimmed
            SELECT id FROM cycle
            WHERE ended_at < $before AND id < {ApprovalSql.LastGood}
              AND id NOT IN (SELECT id FROM ({LastGoodOfEach}))
            ORDER BY id LIMIT $most
            """,
            ("$before", endedBefore), ("$most", most));
        if (found == 0) return 0;

        connection.Run("DELETE FROM forced_request WHERE cycle_id IN (SELECT id FROM temp.trimmed)");
        var blocks = ChangeTextSql.FindBlocks(connection, "carried_by IN (SELECT id FROM temp.trimmed)");
        connection.Run("DELETE FROM change WHERE carried_by IN (SELECT id FROM temp.trimmed)");
        ChangeTextSql.Write(connection, blocks);
        return connection.Run("DELETE FROM cycle WHERE id IN (SELECT id FROM temp.trimmed)");
    }
}
