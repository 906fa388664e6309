using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>
/// The comparison of the guests known with a list of them, read into the shadow table (MimHybrid.Graph/README.md#drift).
/// </summary>
internal static class DriftSql
{
    /// <summary>All guests on whom list and memory differ, but those who came or went so lately that the list may not know.</summary>
    public static List<GuestDifference> FindDifferences(SqliteConnection connection, DateTimeOffset settledBefore) => connection
        .Sql(
            $"""
            SELECT found.id, found.digest, found.name, found.mail, NULL
            FROM baseline_guest AS found LEFT JOIN guest AS known ON known.id = found.id
            WHERE known.id IS NULL OR (known.state = 'Live' AND known.digest <> found.digest)
               OR (known.state = 'SoftDeleted' AND known.since <= $before)
            UNION ALL
            SELECT known.id, NULL, NULL, NULL, NULL {BrakeSql.Vanished}
            UNION ALL
            SELECT known.id, NULL, NULL, NULL, other.outside
            FROM guest AS known JOIN baseline_other AS other ON other.id = known.id
            WHERE known.state = 'Live' AND known.since <= $before AND other.outside IS NOT NULL
            """,
            ("$before", settledBefore))
        .Rows(row => new GuestDifference(
            row.GetString(0), row.IsDBNull(1) ? null : (row.GetString(1), row.OptionalText(2), row.OptionalText(3)))
        {
            Outside = row.IsDBNull(4) ? null : row.Name<IgnoredBecause>(4),
        });

    public static DriftState? Read(SqliteConnection connection) => connection
        .Sql("SELECT reconciled_at, counted_at, disagreements, counted, accepted_offset FROM drift")
        .Row(row => new DriftState(row.Time(0), row.Time(1))
        {
            Disagreements = row.GetInt32(2),
            Counted = row.IsDBNull(3) ? null : row.GetInt64(3),
            AcceptedOffset = row.GetInt64(4),
        });

    /// <summary>Compared just now: what Graph counts otherwise all the same is no news any longer.</summary>
    public static void AcceptOffset(SqliteConnection connection, DateTimeOffset now)
    {
        var before = Read(connection) ?? DriftState.ComparedAt(now);
        var offset = before is { Disagreements: > 0, Counted: { } counted }
            ? counted - GuestSql.CountLive(connection)
            : before.AcceptedOffset;
        Save(connection, DriftState.ComparedAt(now) with { AcceptedOffset = offset });
    }

    public static void Save(SqliteConnection connection, DriftState state) => connection.Run(
        """
        INSERT OR REPLACE INTO drift (id, reconciled_at, counted_at, disagreements, counted, accepted_offset)
        VALUES (1, $reconciled, $countedAt, $disagreements, $counted, $offset)
        """,
        ("$reconciled", state.ReconciledAt), ("$countedAt", state.CountedAt), ("$disagreements", state.Disagreements),
        ("$counted", state.Counted), ("$offset", state.AcceptedOffset));
}
