using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Who runs the agent on this data folder, for whose guests, and what it decided last.</summary>
internal static class AgentSql
{
    public static Holder? ReadHolder(SqliteConnection connection) => connection
        .Sql("SELECT process_id, account, started_at FROM holder")
        .Row(row => new Holder(row.GetInt32(0), row.GetString(1), row.Time(2)));

    public static void RecordHolder(SqliteConnection connection, Holder holder) => connection.Run(
        "INSERT OR REPLACE INTO holder (id, process_id, account, started_at) VALUES (1, $process, $account, $started)",
        ("$process", holder.ProcessId), ("$account", holder.Account), ("$started", holder.StartedAt));

    public static string? ReadClaim(SqliteConnection connection) =>
        connection.Sql("SELECT tenant FROM folder").Row(row => row.GetString(0));

    public static string Claim(SqliteConnection connection, string tenant)
    {
        connection.Run("INSERT OR IGNORE INTO folder (id, tenant) VALUES (1, $tenant)", ("$tenant", tenant));
        return ReadClaim(connection)!;
    }

    public static RecordedDecision? ReadDecision(SqliteConnection connection) => connection
        .Sql("SELECT action, at, reason, decided_at FROM decision")
        .Row(row => new RecordedDecision(row.GetString(0), row.OptionalTime(1), row.GetString(2), row.Time(3)));
}
