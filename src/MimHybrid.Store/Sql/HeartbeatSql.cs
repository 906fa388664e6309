using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Signs of life of the agent's loops; that of the polls stands with what else a poll writes (<see cref="PollSql"/>).</summary>
internal static class HeartbeatSql
{
    public static void Record(SqliteConnection connection, Heartbeat beat) => connection.Run(
        "INSERT OR REPLACE INTO heartbeat (loop, at, next_by) VALUES ($loop, $at, $next)",
        ("$loop", beat.Loop), ("$at", beat.At), ("$next", beat.NextBy));

    public static List<Heartbeat> Read(SqliteConnection connection) => connection
        .Sql(
            $"""
            SELECT loop, at, next_by FROM heartbeat
            UNION ALL SELECT '{nameof(AgentLoop.Poller)}', beat_at, next_by FROM watch WHERE next_by IS NOT NULL
            """)
        .Rows(row => new Heartbeat(row.Name<AgentLoop>(0), row.Time(1), row.Time(2)));

    /// <summary>Another process takes over: what the one before it promised is not its promise.</summary>
    public static void Forget(SqliteConnection connection) =>
        connection.Run("DELETE FROM heartbeat; UPDATE watch SET beat_at = NULL, next_by = NULL");
}
