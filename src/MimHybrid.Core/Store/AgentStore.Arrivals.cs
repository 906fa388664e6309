using Microsoft.Data.Sqlite;
using MimHybrid.Core.Changes;
using MimHybrid.Core.Cycles.Arrivals;
using MimHybrid.Core.RunLog;

namespace MimHybrid.Core.Store;

/// <content>What Graph said of guests, and what MIM then showed of them.</content>
public sealed partial class AgentStore
{
    /// <summary>A synchronization of the guests' management agent begins. Until its counters are there, nobody knows what it brings.</summary>
    internal void BeginArrival(long cycle) => Write(connection =>
    {
        connection.Run(
            """
            INSERT INTO arrival (cycle_id) VALUES ($cycle)
            ON CONFLICT (cycle_id) DO UPDATE SET seen_added = NULL, seen_updated = NULL, seen_removed = NULL
            """,
            ("$cycle", cycle));
    });

    internal void RecordSeen(long cycle, GuestCounts? seen) => Write(connection =>
    {
        connection.Run(
            "UPDATE arrival SET seen_added = $added, seen_updated = $updated, seen_removed = $removed WHERE cycle_id = $cycle",
            ("$cycle", cycle), ("$added", seen?.Added), ("$updated", seen?.Updated), ("$removed", seen?.Removed));
    });

    internal void RecordArrival(long cycle, Arrival arrival) => Write(connection =>
    {
        var seen = arrival.Seen.Counts;
        connection.Run(
            """
            INSERT OR REPLACE INTO arrival (cycle_id, seen_added, seen_updated, seen_removed, expected_added, expected_updated, expected_removed,
                                            sure_added, sure_removed, missing, explanation)
            VALUES ($cycle, $seenAdded, $seenUpdated, $seenRemoved, $added, $updated, $removed, $sureAdded, $sureRemoved, $missing, $explanation)
            """,
            ("$cycle", cycle), ("$seenAdded", seen?.Added), ("$seenUpdated", seen?.Updated), ("$seenRemoved", seen?.Removed),
            ("$added", arrival.Expected.Added), ("$updated", arrival.Expected.Updated), ("$removed", arrival.Expected.Removed),
            ("$sureAdded", arrival.Sure.Added), ("$sureRemoved", arrival.Sure.Removed),
            ("$missing", arrival.MissingGuests), ("$explanation", arrival.Explanation));
    });

    /// <summary>The changes that a cycle carries, oldest first.</summary>
    internal IReadOnlyList<ArrivalCause> ReadArrivalCauses(long cycle) => Read(connection => connection
        .Sql(
            $"""
            SELECT guest_id, kind, after_cycle,
                   guest_id IN (SELECT later.guest_id FROM change AS later WHERE later.seq > (SELECT through_change FROM cycle WHERE id = $cycle))
            {CausesOfCycle} ORDER BY seq
            """,
            ("$cycle", cycle))
        .Rows(row => new ArrivalCause(row.GetString(0), row.Name<ChangeKind>(1), row.OptionalCount(2), row.GetBoolean(3))));

    /// <summary>
    /// What the synchronizations of earlier cycles brought and no change has claimed. A cycle that did not end well claims nothing: its
    /// changes are expected again. Connectors worked on claim nothing either, since one run shows several changes of a guest as one.
    /// </summary>
    internal EarlierArrivals ReadEarlierArrivals(long cycle, long afterCycle) => Read(connection => connection
        .Sql(
            """
            SELECT CASE WHEN count(*) = count(seen_added)
                        THEN coalesce(sum(max(0, seen_added - iif(carried, coalesce(sure_added, 0), 0))), 0) END,
                   CASE WHEN count(*) = count(seen_updated) THEN coalesce(sum(seen_updated + seen_added), 0) END,
                   CASE WHEN count(*) = count(seen_removed)
                        THEN coalesce(sum(max(0, seen_removed - iif(carried, coalesce(sure_removed, 0), 0))), 0) END
            FROM (SELECT arrival.*, outcome IN ('Succeeded', 'SucceededWithFindings') AS carried
                  FROM arrival JOIN cycle ON cycle.id = arrival.cycle_id
                  WHERE cycle_id > $after AND cycle_id < $cycle)
            """,
            ("$cycle", cycle), ("$after", afterCycle))
        .Row(row => new EarlierArrivals(row.OptionalCount(0), row.OptionalCount(1), row.OptionalCount(2)))!);

    private static ArrivalRecord? ReadArrival(SqliteConnection connection, long cycle) => connection
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
