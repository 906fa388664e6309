using Microsoft.Data.Sqlite;
using MimHybrid.Core.RunLog;

namespace MimHybrid.Core.Store;

/// <content>What a person lets pass the removal guard.</content>
public sealed partial class AgentStore
{
    /// <summary>A removal that the guest's later change took back is none, neither for the planner nor for the guard's looks within a cycle.</summary>
    private const string IsRemoval =
        """
        change.kind = 'Removed' AND NOT EXISTS (SELECT 1 FROM change AS later WHERE later.guest_id = change.guest_id AND later.seq > change.seq)
        """;

    private const string LastApproval = "(SELECT max(id) FROM removal_approval)";

    /// <summary>
    /// Lets the removals that are pending now, and the deletions that the guard holds, pass once. Null when nothing is held or pending.
    /// </summary>
    public RemovalApproval? ApproveRemovals(string approvedBy, DateTimeOffset now) => Write(connection =>
    {
        var removals = ReadPending(connection).UnapprovedRemovals;
        var staged = ReadHeldStaged(connection)?.Deletes ?? 0;
        var deletes = ReadHeldExport(connection)?.Deletes ?? 0;
        if (removals == 0 && staged == 0 && deletes == 0) return null;

        var approval = new RemovalApproval(approvedBy, now, removals, staged, deletes);
        InsertApproval(connection, approval);
        return approval;
    });

    /// <summary>Deletions staged by imports that a person let pass and that no cycle has carried since.</summary>
    public long CountApprovedStagedDeletes() => Read(connection => connection.Number(
        $"SELECT coalesce(max(staged_deletes), 0) FROM removal_approval WHERE after_cycle >= {LastGood}"));

    /// <summary>Deletions waiting for export that a person let pass and that no cycle has carried since.</summary>
    public long CountApprovedExportDeletes() => Read(connection => connection.Number(
        $"SELECT coalesce(max(export_deletes), 0) FROM removal_approval WHERE after_cycle >= {LastGood}"));

    /// <summary>The removals that a cycle carries.</summary>
    public long CountRemovals(long cycle) => Read(connection => connection.Number($"SELECT count(*) {CausesOfCycle} AND {IsRemoval}", ("$cycle", cycle)));

    /// <summary>The removals that a cycle carries and that somebody approved.</summary>
    public long CountApprovedRemovals(long cycle) => Read(connection => connection.Number(
        $"""
        SELECT count(*) {CausesOfCycle} AND {IsRemoval}
          AND seq <= (SELECT coalesce(max(through_change), 0) FROM removal_approval)
        """,
        ("$cycle", cycle)));

    /// <summary>The cycle passes the guard only because somebody said so: the run log of the cycle names that person. Answers with the approval.</summary>
    public RemovalApproval UseApproval(long cycle) => Write(connection =>
    {
        connection.Run($"UPDATE cycle SET approval_id = {LastApproval} WHERE id = $cycle", ("$cycle", cycle));
        return ReadApproval(connection, cycle)!;
    });

    private static RemovalApproval? ReadApproval(SqliteConnection connection, long cycle) => connection
        .Sql(
            """
            SELECT approved_by, approved_at, removals, staged_deletes, export_deletes
            FROM removal_approval WHERE id = (SELECT approval_id FROM cycle WHERE id = $cycle)
            """,
            ("$cycle", cycle))
        .Row(row => new RemovalApproval(row.GetString(0), row.Time(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)));

    private static void InsertApproval(SqliteConnection connection, RemovalApproval approval) => connection.Run(
        """
        INSERT INTO removal_approval (approved_by, approved_at, through_change, after_cycle, removals, staged_deletes, export_deletes)
        VALUES ($by, $at, (SELECT coalesce(max(seq), 0) FROM change), (SELECT coalesce(max(id), 0) FROM cycle), $removals, $staged, $deletes)
        """,
        ("$by", approval.By), ("$at", approval.At), ("$removals", approval.Removals),
        ("$staged", approval.StagedDeletes), ("$deletes", approval.ExportDeletes));
}
