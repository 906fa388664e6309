using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>How the polls are doing, and what they sign in with.</summary>
internal static class PollSql
{
    /// <summary>The loop's sign of life; where nobody polls on, the one before stays.</summary>
    private const string Beats = "beat_at = iif($next IS NULL, beat_at, $now), next_by = coalesce($next, next_by)";

    public static PollHealth? Read(SqliteConnection connection) => connection
        .Sql("SELECT attempted_at, succeeded_at, failing_since, failures, error, waiting_for FROM watch WHERE attempted_at IS NOT NULL")
        .Row(row => new PollHealth(row.Time(0), row.OptionalTime(1), row.OptionalTime(2), row.GetInt32(3), row.OptionalText(4))
        {
            WaitingFor = row.OptionalText(5),
        });

    public static void RecordSuccess(SqliteConnection connection, DateTimeOffset now, DateTimeOffset? next)
    {
        connection.Run(
            $"""
            UPDATE watch SET attempted_at = $now, succeeded_at = $now, failing_since = NULL, failures = 0, error = NULL,
                             waiting_for = NULL, {Beats}
            """,
            ("$now", now), ("$next", next));
        OutageSql.End(connection, OutageOf.Graph, now);
    }

    public static void RecordWait(SqliteConnection connection, string waitingFor, DateTimeOffset now, DateTimeOffset? next)
    {
        connection.Run(
            $"""
            UPDATE watch SET attempted_at = $now, failing_since = NULL, failures = 0, error = NULL, waiting_for = $for, {Beats}
            """,
            ("$now", now), ("$for", waitingFor), ("$next", next));
        OutageSql.End(connection, OutageOf.Graph, now);
    }

    public static void RecordFailure(SqliteConnection connection, string error, DateTimeOffset now, DateTimeOffset? next)
    {
        connection.Run(
            $"""
            UPDATE watch SET attempted_at = $now, failing_since = coalesce(failing_since, $now), failures = failures + 1,
                             error = $error, waiting_for = NULL, {Beats}
            """,
            ("$now", now), ("$error", error), ("$next", next));
        OutageSql.Begin(connection, OutageOf.Graph, now);
    }

    /// <summary>The loop gives a sign of life while a poll lasts.</summary>
    public static void Beat(SqliteConnection connection, DateTimeOffset now, DateTimeOffset next) =>
        connection.Run($"UPDATE watch SET {Beats}", ("$now", now), ("$next", next));

    public static CredentialNote? ReadCredential(SqliteConnection connection) => connection
        .Sql("SELECT kind, expires_at, warn_from FROM credential")
        .Row(row => new CredentialNote(row.GetString(0), row.OptionalTime(1), row.OptionalTime(2)));

    public static void RecordCredential(SqliteConnection connection, CredentialNote credential) => connection.Run(
        "INSERT OR REPLACE INTO credential (id, kind, expires_at, warn_from) VALUES (1, $kind, $expires, $warn)",
        ("$kind", credential.Kind), ("$expires", credential.ExpiresAt), ("$warn", credential.WarnFrom));
}
