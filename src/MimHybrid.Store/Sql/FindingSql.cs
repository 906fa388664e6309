using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>What steps found and no later run of the same run profile has answered.</summary>
internal static class FindingSql
{
    private const int NewestCycles = 50;

    /// <summary>
    /// What an export could not write is left out: that stays open until an export says otherwise, whichever run profile it is of
    /// (<see cref="RefusalSql"/>). Only the newest cycles count: what is older has been overtaken, or the run profile is gone.
    /// </summary>
    public static List<StepFinding> ReadOpen(SqliteConnection connection) =>
    [
        .. connection.Sql(
            """
            SELECT cycle_id, position, management_agent, run_profile, result, advice, errors, error_count
            FROM step AS found
            WHERE result IS NOT NULL AND refused = 0 AND cycle_id > (SELECT coalesce(max(id), 0) - $newest FROM cycle)
              AND EXISTS (SELECT 1 FROM cycle WHERE id = found.cycle_id AND outcome = 'SucceededWithFindings')
              AND NOT EXISTS (SELECT 1 FROM step AS later
                              WHERE later.result IS NOT NULL AND later.management_agent = found.management_agent
                                AND later.run_profile = found.run_profile
                                AND (later.cycle_id, later.position) > (found.cycle_id, found.position)
                                AND later.cycle_id > (SELECT coalesce(max(id), 0) - $newest FROM cycle))
            ORDER BY cycle_id, position
            """,
            ("$newest", NewestCycles))
        .Rows(row => Read(connection, row))
        .Where(found => found.ErrorCount > 0 || found.Advice.Length > 0 || found.Notes.Count > 0),
    ];

    private static StepFinding Read(SqliteConnection connection, SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(7))
        {
            Advice = row.OptionalText(5) ?? "",
            Errors = StepJson.ReadErrors(row.OptionalText(6)),
            Notes = connection
                .Sql(
                    """
                    SELECT substr(text, length($mark) + 1) FROM cycle_decision
                    WHERE cycle_id = $cycle AND step = $step AND substr(text, 1, length($mark)) = $mark ORDER BY id
                    """,
                    ("$cycle", row.GetInt64(0)), ("$step", row.GetInt32(1)), ("$mark", CycleDecision.FindingMark))
                .Rows(note => note.GetString(0)),
        };
}
