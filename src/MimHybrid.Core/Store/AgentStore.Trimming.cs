using Microsoft.Data.Sqlite;

namespace MimHybrid.Core.Store;

/// <content>What becomes too old to keep.</content>
public sealed partial class AgentStore
{
    /// <summary>
    /// Entra keeps a deleted user for 30 days, then the purge is told; half of that again is slack. A purge that was told while the cursor
    /// was dead is never told again, and nobody's name may stay here for ever because of that (reference/graph-delta.md 2.2).
    /// </summary>
    private static readonly TimeSpan DeletedGuestsKept = TimeSpan.FromDays(45);

    /// <summary>
    /// Removes up to <paramref name="most"/> cycles that ended before a time, with their steps, the changes they carried and the requests
    /// they served. What still counts stays: the last good cycle of each sequence, from which the timers count, and everything after the
    /// last good cycle, where the removal guard may be holding. Answers with how many it removed.
    /// </summary>
    public int TrimRunLog(DateTimeOffset endedBefore, int most) => Write(connection =>
    {
        connection.Run("CREATE TEMP TABLE IF NOT EXISTS trimmed (id INTEGER PRIMARY KEY)");
        connection.Run("DELETE FROM temp.trimmed");
        var found = connection.Run(
            $"""
            INSERT INTO temp.trimmed
            SELECT id FROM cycle
            WHERE ended_at < $before AND id < {LastGood}
              AND id NOT IN (SELECT max(id) FROM cycle WHERE outcome IN ('Succeeded', 'SucceededWithFindings') GROUP BY sequence COLLATE NOCASE)
            ORDER BY id LIMIT $most
            """,
            ("$before", endedBefore), ("$most", most));
        if (found == 0) return 0;

        connection.Run("DELETE FROM forced_request WHERE cycle_id IN (SELECT id FROM temp.trimmed)");
        connection.Run("DELETE FROM change WHERE carried_by IN (SELECT id FROM temp.trimmed)");
        return connection.Run("DELETE FROM cycle WHERE id IN (SELECT id FROM temp.trimmed)");
    });

    private static void ForgetLongDeleted(SqliteConnection connection, DateTimeOffset now) => connection.Run(
        "DELETE FROM guest WHERE state = 'SoftDeleted' AND since < $before", ("$before", now - DeletedGuestsKept));
}
