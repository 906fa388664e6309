using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>When Graph or the sync server was away, and answered again.</summary>
internal static class OutageSql
{
    public static void Begin(SqliteConnection connection, OutageOf of, DateTimeOffset now) => connection.Run(
        "INSERT INTO outage (of, since) VALUES ($of, $now) ON CONFLICT (of) DO UPDATE SET since = coalesce(since, excluded.since)",
        ("$of", of), ("$now", now));

    /// <summary>Writes nothing where none had begun: a good poll comes each minute.</summary>
    public static void End(SqliteConnection connection, OutageOf of, DateTimeOffset now) => connection.Run(
        "UPDATE outage SET since = NULL, ended_at = $now WHERE of = $of AND since IS NOT NULL", ("$of", of), ("$now", now));

    public static DateTimeOffset? ReadLastEnd(SqliteConnection connection) => connection
        .Sql("SELECT max(ended_at) FROM outage").Row(row => new Ends(row.OptionalTime(0)))!.Last;

    private sealed record Ends(DateTimeOffset? Last);
}
