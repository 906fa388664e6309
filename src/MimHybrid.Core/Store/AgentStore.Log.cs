using System.Text;
using Microsoft.Data.Sqlite;
using MimHybrid.Core.Changes;
using MimHybrid.Core.RunLog;
using MimHybrid.Core.Settings;

namespace MimHybrid.Core.Store;

/// <content>Reading the run log.</content>
public sealed partial class AgentStore
{
    private const string CycleColumns =
        "id, function, trigger, sequence, reason, forced_by, started_at, ended_at, outcome, failure, next_decision";

    /// <summary>A cycle's causes: what had been committed by its first import and no earlier cycle had carried.</summary>
    private const string CausesOfCycle =
        """
        FROM cycle JOIN change ON change.seq > cycle.after_change AND change.seq <= cycle.through_change
        WHERE cycle.id = $cycle
        """;

    /// <summary>Reads one cycle after the other, oldest first, each whole: a log of years is never in memory at once.</summary>
    public IEnumerable<CycleRecord> ReadLog(RunLogQuery query)
    {
        foreach (var id in Read(connection => FindCycles(connection, query)))
            if (Read(connection => ReadCycle(connection, id)) is { } cycle)
                yield return cycle;
    }

    public CycleRecord? ReadCycle(long id) => Read(connection => ReadCycle(connection, id));

    public CycleRecord? ReadLastCycle() => ReadLog(new RunLogQuery { Last = 1 }).FirstOrDefault();

    /// <summary>A cycle without its causes: cheap enough to be asked several times a second, even if fifty thousand guests are the cause.</summary>
    public CycleRecord? ReadProgress(long cycle) => Read(connection => ReadHead(connection, cycle));

    /// <summary>As <see cref="ReadProgress(long)"/>, of the newest cycle.</summary>
    public CycleRecord? ReadProgress() => Read(connection => ReadHead(connection, connection.Number("SELECT max(id) FROM cycle")));

    private static List<long> FindCycles(SqliteConnection connection, RunLogQuery query)
    {
        // SQLite's own lower() knows ASCII alone; guests are called Özlem, too.
        connection.CreateFunction("contains_text", (string? text, string? wanted) => wanted is null || (text is not null && Contains(text, wanted)), isDeterministic: true);
        return connection.Sql(
            """
            SELECT id FROM (
                SELECT id FROM cycle
                WHERE ($cycle IS NULL OR id = $cycle)
                  AND ($since IS NULL OR started_at >= $since)
                  AND ($guest IS NULL OR EXISTS (
                      SELECT 1 FROM change
                      WHERE change.seq > cycle.after_change AND change.seq <= cycle.through_change
                        AND (contains_text(change.guest_id, $guest) OR contains_text(change.name, $guest) OR contains_text(change.mail, $guest))))
                ORDER BY id DESC LIMIT $last)
            ORDER BY id
            """,
            ("$cycle", query.Cycle), ("$since", query.Since), ("$guest", query.Guest), ("$last", query.Last ?? -1))
        .Rows(row => row.GetInt64(0));
    }

    /// <summary>Whatever the case and the width of the letters.</summary>
    private static bool Contains(string text, string wanted) =>
        text.Normalize(NormalizationForm.FormKC).Contains(wanted.Normalize(NormalizationForm.FormKC), StringComparison.OrdinalIgnoreCase);

    private static CycleRecord? ReadHead(SqliteConnection connection, long id) =>
        FindCycle(connection, id) is { } cycle ? cycle with { Steps = ReadSteps(connection, id) } : null;

    private static CycleRecord? ReadCycle(SqliteConnection connection, long id) => ReadHead(connection, id) is { } cycle
        ? cycle with
        {
            Changes = ReadCauses(connection, id),
            Decisions = ReadDecisions(connection, id),
            Arrival = ReadArrival(connection, id),
            Approval = ReadApproval(connection, id),
        }
        : null;

    private static CycleRecord? FindCycle(SqliteConnection connection, long id) => connection.Sql($"SELECT {CycleColumns} FROM cycle WHERE id = $cycle", ("$cycle", id)).Row(row => new CycleRecord
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
    });

    private static List<GuestChange> ReadCauses(SqliteConnection connection, long cycle) => connection
        .Sql($"SELECT guest_id, kind, change.name, mail, detected_at {CausesOfCycle} ORDER BY seq", ("$cycle", cycle))
        .Rows(ReadChange);

    private static GuestChange ReadChange(SqliteDataReader row) =>
        new(row.GetString(0), row.Name<ChangeKind>(1), row.OptionalText(2), row.OptionalText(3), row.Time(4));

    private static List<StepRecord> ReadSteps(SqliteConnection connection, long cycle) => connection
        .Sql(
            """
            SELECT position, management_agent, run_profile, started_at, ended_at, result, advice, run_number, skipped_because, counters, errors, error_count
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
            Counters = row.OptionalText(9),
            Errors = row.OptionalText(10),
            ErrorCount = row.GetInt64(11),
        });
}
