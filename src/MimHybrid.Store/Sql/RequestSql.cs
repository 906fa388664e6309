using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Forced requests and their answers.</summary>
internal static class RequestSql
{
    /// <summary>The next to be served: whoever may run past a maintenance window first, else the oldest.</summary>
    public static ForcedRequest? ReadNextForced(SqliteConnection connection) => connection
        .Sql(
            """
            SELECT id, sequence, requested_by, requested_at, past_window FROM forced_request
            WHERE cycle_id IS NULL AND withdrawn_at IS NULL AND answer IS NOT 'Refused'
            ORDER BY past_window DESC, id LIMIT 1
            """)
        .Row(row => new ForcedRequest(row.GetInt64(0), row.OptionalText(1), row.GetString(2), row.Time(3), row.GetBoolean(4)));

    public static ForcedRequestState? ReadForced(SqliteConnection connection, long request) => connection
        .Sql("SELECT cycle_id, withdrawn_at, answer, answer_reason, answer_until FROM forced_request WHERE id = $id", ("$id", request))
        .Row(row => new ForcedRequestState(
            row.OptionalCount(0), !row.IsDBNull(1),
            row.IsDBNull(2) ? null : new ForcedAnswer(row.Name<ForcedAnswerKind>(2), row.OptionalText(3) ?? "", row.OptionalTime(4))));

    public static void Answer(SqliteConnection connection, long? request, ForcedAnswer answer) => connection.Run(
        """
        UPDATE forced_request SET answer = $answer, answer_reason = $reason, answer_until = $until
        WHERE cycle_id IS NULL AND withdrawn_at IS NULL AND answer IS NOT 'Refused' AND ($request IS NULL OR id = $request)
          AND (answer IS NOT $answer OR answer_reason IS NOT $reason OR answer_until IS NOT $until)
        """,
        ("$request", request), ("$answer", answer.Kind), ("$reason", answer.Reason), ("$until", answer.Until));
}
