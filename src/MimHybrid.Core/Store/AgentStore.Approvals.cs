using Microsoft.Data.Sqlite;
using MimHybrid.Core.Cycles;
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

    private const string IsUnapproved =
        $"carried_by IS NULL AND {IsRemoval} AND seq > (SELECT coalesce(max(through_change), 0) FROM removal_approval)";

    private const string LastApproval = "(SELECT max(id) FROM removal_approval)";

    /// <summary>Approvals that have not had their step on that management agent; the cycle in which they have it may repeat it.</summary>
    private const string IsUnspent =
        """
        removal_approval.id > (SELECT coalesce(max(approval_id), 0) FROM approval_spent
                               WHERE kind = $kind AND management_agent = $agent AND cycle_id <> $cycle)
        """;

    /// <summary>What an approval given now would let pass; null when nothing is held or pending.</summary>
    /// <param name="most">At most so many of the guests are named, the oldest removals first.</param>
    public HeldRemovals? ReadHeldRemovals(int most) => Read(connection =>
    {
        var through = connection.Number("SELECT coalesce(max(seq), 0) FROM change");
        var held = new HeldRemovals(through, ReadPending(connection).UnapprovedRemovals, ReadHeldStaged(connection), ReadHeldExport(connection))
        {
            Guests = connection
                .Sql($"SELECT guest_id, kind, name, mail, detected_at FROM change WHERE {IsUnapproved} ORDER BY seq LIMIT $most", ("$most", most))
                .Rows(ReadChange),
        };
        return held is { Removals: 0, Staged: null, Export: null } ? null : held;
    });

    /// <summary>
    /// Lets what was shown pass, once, and nothing that came since. Null when none of it is held any more: somebody else was faster.
    /// </summary>
    public RemovalApproval? ApproveRemovals(HeldRemovals shown, string approvedBy, DateTimeOffset now) => Write(connection =>
    {
        var removals = connection.Number($"SELECT count(*) FROM change WHERE {IsUnapproved} AND seq <= $through", ("$through", shown.ThroughChange));
        var staged = ReadHeldStaged(connection) == shown.Staged ? shown.Staged : null;
        var export = ReadHeldExport(connection) == shown.Export ? shown.Export : null;
        if (removals == 0 && staged is null && export is null) return null;

        var approval = new RemovalApproval(approvedBy, now, removals, staged?.Deletes ?? 0, export?.Deletes ?? 0);
        InsertApproval(connection, approval, shown with { Staged = staged, Export = export });
        return approval;
    });

    /// <summary>As <see cref="ApproveRemovals(HeldRemovals, string, DateTimeOffset)"/>, for whatever is held at this moment.</summary>
    public RemovalApproval? ApproveRemovals(string approvedBy, DateTimeOffset now) =>
        ReadHeldRemovals(most: 0) is { } held ? ApproveRemovals(held, approvedBy, now) : null;

    /// <summary>Deletions on a management agent that a person let pass before a step of this kind, and that no cycle has carried since.</summary>
    public long CountApprovedDeletes(long cycle, StepKind kind, string managementAgent)
    {
        var column = kind == StepKind.Export ? "export" : "staged";
        return Read(connection => connection.Number(
            $"""
            SELECT coalesce(max({column}_deletes), 0) FROM removal_approval
            WHERE after_cycle >= {LastGood} AND {column}_on = $agent COLLATE NOCASE AND {IsUnspent}
            """,
            ("$cycle", cycle), ("$kind", kind), ("$agent", managementAgent)));
    }

    /// <summary>The removals that a cycle carries.</summary>
    public long CountRemovals(long cycle) => Read(connection => connection.Number($"SELECT count(*) {CausesOfCycle} AND {IsRemoval}", ("$cycle", cycle)));

    /// <summary>The removals that a cycle carries and that somebody approved.</summary>
    public long CountApprovedRemovals(long cycle) => Read(connection => connection.Number(
        $"""
        SELECT count(*) {CausesOfCycle} AND {IsRemoval}
          AND seq <= (SELECT coalesce(max(through_change), 0) FROM removal_approval)
        """,
        ("$cycle", cycle)));

    /// <summary>As <see cref="CountApprovedRemovals(long)"/>, of those that have not had a step of this kind on that management agent.</summary>
    public long CountApprovedRemovals(long cycle, StepKind kind, string managementAgent) => Read(connection => connection.Number(
        $"""
        SELECT count(*) {CausesOfCycle} AND {IsRemoval}
          AND seq <= (SELECT coalesce(max(through_change), 0) FROM removal_approval WHERE {IsUnspent})
          AND seq > (SELECT coalesce(max(through_change), 0) FROM removal_approval WHERE NOT ({IsUnspent}))
        """,
        ("$cycle", cycle), ("$kind", kind), ("$agent", managementAgent)));

    /// <summary>The cycle passes the guard only because somebody said so: the run log of the cycle names that person. Answers with the approval.</summary>
    public RemovalApproval UseApproval(long cycle) => Write(connection =>
    {
        connection.Run($"UPDATE cycle SET approval_id = {LastApproval} WHERE id = $cycle", ("$cycle", cycle));
        return ReadApproval(connection, cycle)!;
    });

    /// <summary>A step of this kind ended well there: it has carried what was approved so far, and no later cycle may carry as much again.</summary>
    public void SpendApprovals(long cycle, StepKind kind, string managementAgent) => Write(connection =>
    {
        connection.Run(
            $"""
            INSERT OR REPLACE INTO approval_spent (kind, management_agent, approval_id, cycle_id)
            SELECT $kind, $agent, {LastApproval}, $cycle
            WHERE {LastApproval} > (SELECT coalesce(max(approval_id), 0) FROM approval_spent WHERE kind = $kind AND management_agent = $agent)
            """,
            ("$kind", kind), ("$agent", managementAgent), ("$cycle", cycle));
    });

    private static RemovalApproval? ReadApproval(SqliteConnection connection, long cycle) => connection
        .Sql(
            """
            SELECT approved_by, approved_at, removals, staged_deletes, export_deletes
            FROM removal_approval WHERE id = (SELECT approval_id FROM cycle WHERE id = $cycle)
            """,
            ("$cycle", cycle))
        .Row(row => new RemovalApproval(row.GetString(0), row.Time(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)));

    private static void InsertApproval(SqliteConnection connection, RemovalApproval approval, HeldRemovals shown) => connection.Run(
        """
        INSERT INTO removal_approval (approved_by, approved_at, through_change, after_cycle, removals, staged_deletes, staged_on, export_deletes, export_on)
        VALUES ($by, $at, $through, (SELECT coalesce(max(id), 0) FROM cycle), $removals, $staged, $stagedOn, $deletes, $exportOn)
        """,
        ("$by", approval.By), ("$at", approval.At), ("$through", shown.ThroughChange), ("$removals", approval.Removals),
        ("$staged", approval.StagedDeletes), ("$stagedOn", shown.Staged?.ManagementAgent),
        ("$deletes", approval.ExportDeletes), ("$exportOn", shown.Export?.ManagementAgent));
}
