using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>
/// What keeps one bad reading from becoming mass removals. Stored, so that a restart does not forget it
/// (MimHybrid.Graph/README.md#the-brake).
/// </summary>
internal static class BrakeSql
{
    /// <summary>Who was not seen at all: a guest who only does not count any more is there.</summary>
    public const string Vanished =
        """
        FROM guest AS known
        WHERE known.state = 'Live' AND known.since <= $before
          AND NOT EXISTS (SELECT 1 FROM baseline_guest AS found WHERE found.id = known.id)
          AND NOT EXISTS (SELECT 1 FROM baseline_other AS other WHERE other.id = known.id AND other.outside IS NOT NULL)
        """;

    private const string Seen =
        "SELECT (SELECT count(*) FROM baseline_guest) + (SELECT count(*) FROM baseline_other WHERE outside IS NOT NULL)";

    /// <summary>
    /// A second baseline is believed when all who were missing are missing again and hardly anybody else: whoever is deleted between the
    /// two must not keep them from agreeing for ever.
    /// </summary>
    public static DoubtedBaseline? Judge(SqliteConnection connection, BaselineBrake brake, DateTimeOffset settledBefore, DateTimeOffset now)
    {
        var known = GuestSql.CountLive(connection);
        var vanished = connection.Number("SELECT count(*) " + Vanished, ("$before", settledBefore));
        var isEmpty = vanished > 0 && connection.Number(Seen) == 0;
        var before = Read(connection);
        if (!(isEmpty || brake.Trips(known, vanished)) || (before is not null && Agrees(connection, brake, known, settledBefore)))
        {
            Release(connection);
            return null;
        }

        var pause = before is null ? RepetitionPause.First : RepetitionPause.After(before.Pause);
        var held = new DoubtedBaseline(known, vanished, now + pause, pause);
        Hold(connection, held, settledBefore);
        return held;
    }

    private static bool Agrees(SqliteConnection connection, BaselineBrake brake, long known, DateTimeOffset settledBefore)
    {
        var back = connection.Number("SELECT count(*) FROM doubted_guest WHERE id IN (SELECT id FROM baseline_guest)");
        var further = connection.Number(
            $"SELECT count(*) {Vanished} AND NOT EXISTS (SELECT 1 FROM doubted_guest WHERE doubted_guest.id = known.id)",
                ("$before", settledBefore));
        return back == 0 && !brake.Trips(known, further);
    }

    private static void Hold(SqliteConnection connection, DoubtedBaseline held, DateTimeOffset settledBefore)
    {
        Release(connection);
        connection.Run(
            "INSERT INTO doubted_baseline (id, known, vanished, retry_at, pause_seconds) VALUES (1, $known, $vanished, $at, $pause)",
            ("$known", held.Known), ("$vanished", held.Vanished), ("$at", held.RetryAt), ("$pause", (long)held.Pause.TotalSeconds));
        connection.Run("INSERT INTO doubted_guest (id) SELECT known.id " + Vanished, ("$before", settledBefore));
    }

    private static void Release(SqliteConnection connection)
    {
        connection.Run("DELETE FROM doubted_baseline");
        connection.Run("DELETE FROM doubted_guest");
    }

    public static DoubtedBaseline? Read(SqliteConnection connection) => connection
        .Sql("SELECT known, vanished, retry_at, pause_seconds FROM doubted_baseline")
        .Row(row => new DoubtedBaseline(row.GetInt64(0), row.GetInt64(1), row.Time(2), TimeSpan.FromSeconds(row.GetInt64(3))));
}
