using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Reading the run log.</summary>
internal static class RunLogSql
{
    /// <summary>What of a query is about the cycle itself.</summary>
    public const string Narrowed = "($cycle IS NULL OR id = $cycle) AND ($since IS NULL OR started_at >= $since)";

    public static List<long> Find(SqliteConnection connection, RunLogQuery query)
    {
        if (query.Guest is { Length: > 0 } guest) return RunLogSearch.Find(connection, query, guest);
        return connection.Sql(
            $"""
            SELECT id FROM (SELECT id FROM cycle WHERE {Narrowed} ORDER BY id DESC LIMIT $last) ORDER BY id
            """,
            ("$cycle", query.Cycle), ("$since", query.Since), ("$last", query.Last ?? -1))
        .Rows(row => row.GetInt64(0));
    }

    /// <summary>A cycle with its steps and without its causes: cheap, even if fifty thousand guests are the cause.</summary>
    public static CycleRecord? ReadHead(SqliteConnection connection, long id) =>
        FindCycle(connection, id) is { } cycle ? cycle with { Steps = ReadSteps(connection, id) } : null;

    public static CycleRecord? ReadNewestHead(SqliteConnection connection) =>
        ReadHead(connection, connection.Number("SELECT max(id) FROM cycle"));

    public static CycleRecord? ReadCycle(SqliteConnection connection, long id) => ReadHead(connection, id) is { } cycle
        ? cycle with
        {
            Changes = ReadCauses(connection, id),
            Decisions = ReadDecisions(connection, id),
            Arrival = ArrivalSql.Read(connection, id) is { } arrival ? arrival with { Refused = cycle.Refused } : null,
            Approval = ApprovalSql.ReadOf(connection, id),
        }
        : null;

    private static CycleRecord? FindCycle(SqliteConnection connection, long id) => connection
        .Sql(
            """
            SELECT id, function, trigger, sequence, reason, forced_by, started_at, ended_at, outcome, failure, next_decision,
                   reason_unnamed, failure_brief, next_brief, next_unnamed, stopped_by
            FROM cycle WHERE id = $cycle
            """,
            ("$cycle", id))
        .Row(row => new CycleRecord
        {
            Id = row.GetInt64(0),
            Function = row.GetString(1),
            Trigger = row.Name<TriggerKind>(2),
            Sequence = row.GetString(3),
            Reason = row.GetString(4),
            ForcedBy = row.OptionalText(5),
            StartedAt = row.Time(6),
            EndedAt = row.OptionalTime(7),
            Outcome = row.Name<CycleOutcome>(8),
            Failure = row.OptionalText(9),
            NextDecision = row.OptionalText(10),
            ReasonUnnamed = row.OptionalText(11),
            FailureBrief = row.OptionalText(12),
            NextBrief = row.OptionalText(13),
            NextUnnamed = row.OptionalText(14),
            StoppedBy = row.OptionalText(15) is null ? null : row.Name<StoppedBy>(15),
        });

    private static List<GuestChange> ReadCauses(SqliteConnection connection, long cycle) => connection
        .Sql($"SELECT {ChangeSql.Columns} {ChangeSql.CausesOfCycle} ORDER BY seq", ("$cycle", cycle))
        .Rows(ChangeSql.Read);

    private static List<CycleDecision> ReadDecisions(SqliteConnection connection, long cycle) => connection
        .Sql("SELECT at, step, text, unnamed FROM cycle_decision WHERE cycle_id = $cycle ORDER BY id", ("$cycle", cycle))
        .Rows(row => new CycleDecision(row.Time(0), row.GetInt32(1), row.GetString(2)) { Unnamed = row.OptionalText(3) });

    private static List<StepRecord> ReadSteps(SqliteConnection connection, long cycle) => connection
        .Sql(
            """
            SELECT position, management_agent, run_profile, started_at, ended_at, result, advice, run_number, skipped_because,
                   counters, errors, error_count, refused
            FROM step WHERE cycle_id = $cycle ORDER BY position
            """,
            ("$cycle", cycle))
        .Rows(row => new StepRecord
        {
            Position = row.GetInt32(0),
            ManagementAgent = row.GetString(1),
            RunProfile = row.GetString(2),
            StartedAt = row.OptionalTime(3),
            EndedAt = row.OptionalTime(4),
            Result = row.OptionalText(5),
            Advice = row.OptionalText(6),
            RunNumber = row.OptionalNumber(7),
            SkippedBecause = row.OptionalText(8),
            Counters = StepJson.ReadCounters(row.OptionalText(9)),
            Errors = StepJson.ReadErrors(row.OptionalText(10)),
            ErrorCount = row.GetInt64(11),
            Refused = row.GetInt64(12),
        });
}
