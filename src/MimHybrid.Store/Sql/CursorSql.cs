using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Where the next delta round starts, and when the tenant may be read again after a cursor died.</summary>
internal static class CursorSql
{
    /// <summary>The last refusal is far enough away for one more to count, or lies in the future: a clock may be set back.</summary>
    public const string IsApart = "(refused_at <= $before OR refused_at > $now)";

    /// <summary>The last cycle that has ended.</summary>
    public const string LastEndedCycle = "(SELECT coalesce(max(id), 0) FROM cycle WHERE outcome <> 'Running')";

    public static DeltaCursor? Read(SqliteConnection connection) => connection
        .Sql("SELECT link, fingerprint, obtained_at FROM watch WHERE link IS NOT NULL")
        .Row(row => new DeltaCursor(row.GetString(0), row.GetString(1), row.Time(2)));

    /// <param name="afterCycle">SQL for the last cycle that had ended when the baseline behind the cursor began.</param>
    public static void Set(SqliteConnection connection, DeltaCursor cursor, string afterCycle) => connection.Run(
        $"""
        UPDATE watch SET link = $link, fingerprint = $fingerprint, obtained_at = $at, after_cycle = {afterCycle},
                         refusals = 0, refused_since = NULL, refused_at = NULL
        """,
        ("$link", cursor.Link), ("$fingerprint", cursor.Fingerprint), ("$at", cursor.ObtainedAt));

    public static void Forget(SqliteConnection connection)
    {
        connection.Run(
            """
            UPDATE watch SET link = NULL, fingerprint = NULL, obtained_at = NULL, after_cycle = NULL,
                             refusals = 0, refused_since = NULL, refused_at = NULL
            """);
        GuestSql.ForgetMissed(connection);
    }

    /// <summary>Counts a refusal of the cursor's link, or of the baseline's, unless the last one is too near.</summary>
    public static Refusals CountRefusal(SqliteConnection connection, LinkHolder holder, DateTimeOffset now, TimeSpan spacing)
    {
        var (table, exists) = holder == LinkHolder.Cursor ? ("watch", "link IS NOT NULL") : ("baseline", "true");
        connection.Run(
            $"""
            UPDATE {table} SET refusals = refusals + 1, refused_since = coalesce(refused_since, $now), refused_at = $now
            WHERE {exists} AND (refused_at IS NULL OR {IsApart})
            """,
            ("$now", now), ("$before", now - spacing));
        return connection
            .Sql($"SELECT refusals, coalesce(refused_since, $now) FROM {table} WHERE {exists}", ("$now", now))
            .Row(row => new Refusals(row.GetInt32(0), row.Time(1))) ?? new Refusals(0, now);
    }

    /// <summary>Who asked last for a new baseline that has not begun; null while nobody waits for one.</summary>
    public static string? ReadResyncAsker(SqliteConnection connection) => connection
        .Sql("SELECT requested_by FROM resync_request WHERE served_at IS NULL ORDER BY id DESC LIMIT 1")
        .Row(row => row.GetString(0));

    /// <summary>Who asks for a new baseline, if nobody has served them; they are served now. Cursor and baseline are forgotten.</summary>
    public static string? ServeResync(SqliteConnection connection, DateTimeOffset now)
    {
        if (ReadResyncAsker(connection) is not { } by) return null;
        connection.Run("UPDATE resync_request SET served_at = $now WHERE served_at IS NULL", ("$now", now));
        connection.Run("UPDATE doubted_baseline SET retry_at = $now", ("$now", now)); // still has to come twice, but need not wait
        Forget(connection);
        BaselineSql.Clear(connection);
        return by;
    }

    public static (DateTimeOffset AllowedFrom, TimeSpan Pause)? ReadResync(SqliteConnection connection) => connection
        .Sql("SELECT allowed_from, pause_seconds FROM resync")
        .Rows(row => ((DateTimeOffset, TimeSpan)?)(row.Time(0), TimeSpan.FromSeconds(row.GetInt64(1))))
        .SingleOrDefault();

    public static void SaveResync(SqliteConnection connection, DateTimeOffset allowedFrom, TimeSpan pause) => connection.Run(
        "INSERT OR REPLACE INTO resync (id, allowed_from, pause_seconds) VALUES (1, $from, $pause)",
        ("$from", allowedFrom), ("$pause", (long)pause.TotalSeconds));
}
