using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Users whom nobody may read by id, as far as the answers say.</summary>
internal static class RefusedUserSql
{
    /// <summary>
    /// Counts an answer to the read of one user that was neither passing nor the user, unless the last one is too near, and returns how
    /// many in a row there were.
    /// </summary>
    public static Refusals Count(SqliteConnection connection, string id, DateTimeOffset now, TimeSpan spacing)
    {
        connection.Run(
            $"""
            INSERT INTO refused_user (id, refusals, refused_since, refused_at) VALUES ($id, 1, $now, $now)
            ON CONFLICT (id) DO UPDATE SET refusals = refusals + 1, refused_at = $now
            WHERE {CursorSql.IsApart}
            """,
            ("$id", id), ("$now", now), ("$before", now - spacing));
        return connection.Sql("SELECT refusals, refused_since FROM refused_user WHERE id = $id", ("$id", id))
            .Row(row => new Refusals(row.GetInt32(0), row.Time(1)))!;
    }

    public static void Forget(SqliteConnection connection) => connection.Run("DELETE FROM refused_user");
}
