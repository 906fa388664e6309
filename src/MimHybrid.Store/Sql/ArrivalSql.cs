using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>What Graph said of guests, and what MIM then showed of them.</summary>
internal static class ArrivalSql
{
    public static void Begin(SqliteConnection connection, long cycle) => connection.Run(
        """
        INSERT INTO arrival (cycle_id) VALUES ($cycle)
        ON CONFLICT (cycle_id) DO UPDATE SET seen_added = NULL, seen_updated = NULL, seen_removed = NULL
        """,
        ("$cycle", cycle));

    public static void RecordSeen(SqliteConnection connection, long cycle, GuestCounts seen) => connection.Run(
        "UPDATE arrival SET seen_added = $added, seen_updated = $updated, seen_removed = $removed WHERE cycle_id = $cycle",
        ("$cycle", cycle), ("$added", seen.Added), ("$updated", seen.Updated), ("$removed", seen.Removed));

    public static void Record(SqliteConnection connection, long cycle, ArrivalRecord arrival, GuestCounts sure) => connection.Run(
        """
        INSERT OR REPLACE INTO arrival (cycle_id, seen_added, seen_updated, seen_removed,
                                        expected_added, expected_updated, expected_removed,
                                        sure_added, sure_removed, missing, explanation)
        VALUES ($cycle, $seenAdded, $seenUpdated, $seenRemoved,
                $added, $updated, $removed, $sureAdded, $sureRemoved, $missing, $explanation)
        """,
        ("$cycle", cycle), ("$seenAdded", arrival.Seen?.Added), ("$seenUpdated", arrival.Seen?.Updated),
            ("$seenRemoved", arrival.Seen?.Removed),
        ("$added", arrival.Expected.Added), ("$updated", arrival.Expected.Updated), ("$removed", arrival.Expected.Removed),
        ("$sureAdded", sure.Added), ("$sureRemoved", sure.Removed), ("$missing", arrival.Missing), ("$explanation", arrival.Explanation));

    /// <summary>Of a guest who only ceased to count by our settings nobody knows what MIM shows: its own rules decide.</summary>
    public static List<ArrivalCause> ReadCauses(SqliteConnection connection, long cycle) => connection
        .Sql(
            $"""
            SELECT guest_id, kind, after_cycle,
                   guest_id IN (SELECT later.guest_id FROM change AS later
                                WHERE later.seq > (SELECT through_change FROM cycle WHERE id = $cycle))
            {ChangeSql.CausesOfCycle} AND left_because IS NULL ORDER BY seq
            """,
            ("$cycle", cycle))
        .Rows(row => new ArrivalCause(row.GetString(0), row.Name<ChangeKind>(1), row.OptionalCount(2), row.GetBoolean(3)));

    /// <summary>
    /// What the synchronizations of earlier cycles brought and no change has claimed. A cycle that did not end well claims nothing: its
    /// changes are expected again. Connectors worked on claim nothing either, since one run shows several changes of a guest as one.
    /// </summary>
    public static EarlierArrivals ReadEarlier(SqliteConnection connection, long cycle, long afterCycle) => connection
        .Sql(
            """
            SELECT CASE WHEN count(*) = count(seen_added)
                        THEN coalesce(sum(max(0, seen_added - iif(carried, coalesce(sure_added, 0), 0))), 0) END,
                   CASE WHEN count(*) = count(seen_updated) THEN coalesce(sum(seen_updated + seen_added), 0) END,
                   CASE WHEN count(*) = count(seen_removed)
                        THEN coalesce(sum(max(0, seen_removed - iif(carried, coalesce(sure_removed, 0), 0))), 0) END
            FROM (SELECT arrival.*, cycle_id IN (SELECT id FROM good_cycle) AS carried
                  FROM arrival WHERE cycle_id > $after AND cycle_id < $cycle)
            """,
            ("$cycle", cycle), ("$after", afterCycle))
        .Row(row => new EarlierArrivals(row.OptionalCount(0), row.OptionalCount(1), row.OptionalCount(2)))!;

    /// <summary>
    /// Guests who came or went and whom MIM has not shown, until it does. Of a good cycle's missing ones those are open of whom Graph has
    /// not said anything newer; what a later synchronization brings beyond what was expected of it ends as many; and where MIM has as many
    /// guests connected as Graph knows, none is open.
    /// </summary>
    public static long CountMissing(SqliteConnection connection) => connection
        .Sql(
            """
            SELECT CASE WHEN missing > 0 THEN
                       min(missing, (SELECT count(DISTINCT guest_id) FROM change
                                     WHERE carried_by = arrival.cycle_id AND kind <> 'Updated'
                                       AND NOT EXISTS (SELECT 1 FROM change AS later
                                                       WHERE later.guest_id = change.guest_id AND later.seq > change.seq)))
                   ELSE 0 END AS open,
                   max(0, coalesce(seen_added, 0) - coalesce(expected_added, 0))
                       + max(0, coalesce(seen_removed, 0) - coalesce(expected_removed, 0)) AS beyond
            FROM arrival
            WHERE cycle_id >= (SELECT coalesce(max(id), 0) FROM good_cycle WHERE connected_guests = known_guests)
              AND (missing = 0 OR missing IS NULL OR cycle_id IN (SELECT id FROM good_cycle))
            ORDER BY cycle_id
            """)
        .Rows(row => (Open: row.GetInt64(0), Beyond: row.GetInt64(1)))
        .Aggregate(0L, (open, cycle) => Math.Max(0, open - cycle.Beyond) + cycle.Open);

    public static ArrivalRecord? Read(SqliteConnection connection, long cycle) => connection
        .Sql(
            """
            SELECT expected_added, expected_updated, expected_removed, seen_added, seen_updated, seen_removed, missing, explanation
            FROM arrival WHERE cycle_id = $cycle AND expected_added IS NOT NULL
            """,
            ("$cycle", cycle))
        .Row(row => new ArrivalRecord
        {
            Expected = new GuestCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            Seen = row.OptionalCount(3) is { } added ? new GuestCounts(added, row.OptionalCount(4), row.GetInt64(5)) : null,
            Missing = row.GetInt64(6),
            Explanation = row.OptionalText(7),
        });
}
