using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Reading the run log.</summary>
internal static class RunLogSql
{
    /// <summary>What of a query is about the cycle itself.</summary>
    public const string Narrowed =
        """
        ($since IS NULL OR started_at >= $since) AND ($until IS NULL OR started_at < $until)
          AND ($older IS NULL OR id < $older) AND ($function IS NULL OR function = $function COLLATE NOCASE)
          AND ($sequence IS NULL OR sequence = $sequence COLLATE NOCASE)
          AND ($outcomes IS NULL OR instr($outcomes, ',' || outcome || ',') > 0)
        """;

    /// <summary>What <see cref="Narrowed"/> compares with.</summary>
    public static (string Name, object? Value)[] Narrowing(RunLogQuery query) =>
    [
        ("$since", query.Since), ("$until", query.Until), ("$older", query.Before),
        ("$function", query.Function), ("$sequence", query.Sequence),
        ("$outcomes", query.Outcomes is { } outcomes ? $",{string.Join(',', outcomes)}," : null),
    ];

    public static List<long> Find(SqliteConnection connection, RunLogQuery query)
    {
        if (query.Guest is { Length: > 0 } guest) return RunLogSearch.Find(connection, query, guest);
        if (query.Text is { Length: > 0 } text) return RunLogSearch.FindText(connection, query, text);
        return connection.Sql(
            $"""
            SELECT id FROM (SELECT id FROM cycle WHERE {Narrowed} ORDER BY id DESC LIMIT $last) ORDER BY id
            """,
            [.. Narrowing(query), ("$last", query.Last ?? -1)])
        .Rows(row => row.GetInt64(0));
    }

    /// <summary>A cycle with its steps and without its causes: cheap, even if fifty thousand guests are the cause.</summary>
    public static CycleRecord? ReadHead(SqliteConnection connection, long id) =>
        FindCycle(connection, id) is { } cycle ? cycle with { Steps = ReadSteps(connection, id) } : null;

    public static CycleRecord? ReadNewestHead(SqliteConnection connection) =>
        ReadHead(connection, connection.Number("SELECT max(id) FROM cycle"));

    /// <param name="most">At most so many of its causes: a first baseline has as many as the tenant has guests.</param>
    public static CycleRecord? ReadCycle(SqliteConnection connection, long id, int most) =>
        ReadHead(connection, id) is { } cycle ? Whole(connection, cycle, ReadCauses(connection, id, most), most) : null;

    private static CycleRecord Whole(SqliteConnection connection, CycleRecord cycle, List<GuestChange> causes, int most)
    {
        var id = cycle.Id;
        return cycle with
        {
            Changes = causes,
            MoreChanges = causes.Count < most
                ? 0
                : connection.Number($"SELECT count(*) {ChangeSql.CausesOfCycle}", ("$cycle", id)) - causes.Count,
            Decisions = ReadDecisions(connection, id),
            Arrival = ArrivalSql.Read(connection, id) is { } arrival ? arrival with { Refused = cycle.Refused } : null,
            Approval = ApprovalSql.ReadOf(connection, id),
        };
    }

    /// <summary>What <see cref="ReadRow"/> reads.</summary>
    public const string Columns =
        """
        id, function, trigger, sequence, reason, forced_by, started_at, ended_at, outcome, failure, next_decision,
        reason_unnamed, failure_brief, next_brief, next_unnamed, stopped_by
        """;

    public const int ColumnCount = 16;

    /// <summary>What <see cref="ReadStep"/> reads.</summary>
    public const string StepColumns =
        """
        position, management_agent, run_profile, started_at, ended_at, result, advice, run_number, skipped_because,
        counters, errors, error_count, refused
        """;

    public const int StepColumnCount = 13;

    /// <summary>The cycle alone.</summary>
    public static CycleRecord ReadRow(SqliteDataReader row) => new()
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
    };

    public static StepRecord ReadStep(SqliteDataReader row) => new()
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
    };

    private static CycleRecord? FindCycle(SqliteConnection connection, long id) =>
        connection.Sql($"SELECT {Columns} FROM cycle WHERE id = $cycle", ("$cycle", id)).Row(ReadRow);

    private static List<GuestChange> ReadCauses(SqliteConnection connection, long cycle, int most) => connection
        .Sql($"SELECT {ChangeSql.Columns} {ChangeSql.CausesOfCycle} ORDER BY seq LIMIT $most", ("$cycle", cycle), ("$most", most))
        .Rows(ChangeSql.Read);

    private static List<CycleDecision> ReadDecisions(SqliteConnection connection, long cycle) => connection
        .Sql("SELECT at, step, text, unnamed FROM cycle_decision WHERE cycle_id = $cycle ORDER BY id", ("$cycle", cycle))
        .Rows(row => new CycleDecision(row.Time(0), row.GetInt32(1), row.GetString(2)) { Unnamed = row.OptionalText(3) });

    private static List<StepRecord> ReadSteps(SqliteConnection connection, long cycle) =>
        connection.Sql($"SELECT {StepColumns} FROM step WHERE cycle_id = $cycle ORDER BY position", ("$cycle", cycle)).Rows(ReadStep);
}
