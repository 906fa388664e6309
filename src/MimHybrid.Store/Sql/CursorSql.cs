using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Where the next delta round starts, and when the tenant may be read again after a cursor died.</summary>
internal static class CursorSql
{
    /// <summary>The last cycle that has ended.</summary>
    public const string LastEndedCycle = "(SELECT coalesce(max(id), 0) FROM cycle WHERE outcome <> 'Running')";

    public static DeltaCursor? Read(SqliteConnection connection) => connection
        .Sql("SELECT link, fingerprint, obtained_at FROM cursor")
        .Row(row => new DeltaCursor(row.GetString(0), row.GetString(1), row.Time(2)));

    /// <param name="afterCycle">SQL for the last cycle that had ended when the reading behind the cursor began.</param>
    public static void Set(SqliteConnection connection, DeltaCursor cursor, string afterCycle) => connection.Run(
        $"INSERT OR REPLACE INTO cursor (id, link, fingerprint, obtained_at, after_cycle) VALUES (1, $link, $fingerprint, $at, {afterCycle})",
        ("$link", cursor.Link), ("$fingerprint", cursor.Fingerprint), ("$at", cursor.ObtainedAt));

    public static void Forget(SqliteConnection connection) => connection.Run("DELETE FROM cursor");

    public static (DateTimeOffset AllowedFrom, TimeSpan Pause)? ReadResync(SqliteConnection connection) => connection
        .Sql("SELECT allowed_from, pause_seconds FROM resync")
        .Rows(row => ((DateTimeOffset, TimeSpan)?)(row.Time(0), TimeSpan.FromSeconds(row.GetInt64(1))))
        .SingleOrDefault();

    public static void SaveResync(SqliteConnection connection, DateTimeOffset allowedFrom, TimeSpan pause) => connection.Run(
        "INSERT OR REPLACE INTO resync (id, allowed_from, pause_seconds) VALUES (1, $from, $pause)",
        ("$from", allowedFrom), ("$pause", (long)pause.TotalSeconds));
}
