using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>How the polls are doing, and what they sign in with.</summary>
internal static class PollSql
{
    public static PollHealth? Read(SqliteConnection connection) => connection
        .Sql("SELECT attempted_at, succeeded_at, failing_since, failures, error, waiting_for FROM poll")
        .Row(row => new PollHealth(row.Time(0), row.OptionalTime(1), row.OptionalTime(2), row.GetInt32(3), row.OptionalText(4))
        {
            WaitingFor = row.OptionalText(5),
        });

    public static void RecordSuccess(SqliteConnection connection, DateTimeOffset now, DateTimeOffset? next)
    {
        connection.Run(
            """
            INSERT OR REPLACE INTO poll (id, attempted_at, succeeded_at, failing_since, failures, error)
            VALUES (1, $now, $now, NULL, 0, NULL)
            """,
            ("$now", now));
        OutageSql.End(connection, OutageOf.Graph, now);
        Beat(connection, now, next);
    }

    public static void RecordWait(SqliteConnection connection, string waitingFor, DateTimeOffset now, DateTimeOffset? next)
    {
        connection.Run(
            """
            INSERT INTO poll (id, attempted_at, failures, waiting_for) VALUES (1, $now, 0, $for)
            ON CONFLICT (id) DO UPDATE SET attempted_at = excluded.attempted_at, failing_since = NULL, failures = 0, error = NULL,
                                           waiting_for = excluded.waiting_for
            """,
            ("$now", now), ("$for", waitingFor));
        OutageSql.End(connection, OutageOf.Graph, now);
        Beat(connection, now, next);
    }

    public static void RecordFailure(SqliteConnection connection, string error, DateTimeOffset now, DateTimeOffset? next)
    {
        connection.Run(
            """
            INSERT INTO poll (id, attempted_at, failing_since, failures, error) VALUES (1, $now, $now, 1, $error)
            ON CONFLICT (id) DO UPDATE SET attempted_at = excluded.attempted_at,
                                           failing_since = coalesce(failing_since, excluded.attempted_at),
                                           failures = failures + 1, error = excluded.error, waiting_for = NULL
            """,
            ("$now", now), ("$error", error));
        OutageSql.Begin(connection, OutageOf.Graph, now);
        Beat(connection, now, next);
    }

    /// <summary>The loop's sign of life; none where nobody polls on.</summary>
    public static void Beat(SqliteConnection connection, DateTimeOffset now, DateTimeOffset? next)
    {
        if (next is { } by) HeartbeatSql.Record(connection, new Heartbeat(AgentLoop.Poller, now, by));
    }

    public static CredentialNote? ReadCredential(SqliteConnection connection) => connection
        .Sql("SELECT kind, expires_at, warn_from FROM credential")
        .Row(row => new CredentialNote(row.GetString(0), row.OptionalTime(1), row.OptionalTime(2)));

    public static void RecordCredential(SqliteConnection connection, CredentialNote credential) => connection.Run(
        "INSERT OR REPLACE INTO credential (id, kind, expires_at, warn_from) VALUES (1, $kind, $expires, $warn)",
        ("$kind", credential.Kind), ("$expires", credential.ExpiresAt), ("$warn", credential.WarnFrom));
}
