using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>What the removal guard holds, and what a person lets pass it.</summary>
internal static class ApprovalSql
{
    public const string LastGood = "(SELECT coalesce(max(id), 0) FROM good_cycle)";

    private const string LastApproval = "(SELECT max(id) FROM removal_approval)";

    /// <summary>Approvals that have not had their step on that management agent; the cycle in which they have it may repeat it.</summary>
    private const string IsUnspent =
        """
        removal_approval.id > (SELECT coalesce(max(approval_id), 0) FROM approval_spent
                               WHERE kind = $kind AND management_agent = $agent AND cycle_id <> $cycle)
        """;

    public static HeldDeletes? ReadHeldExport(SqliteConnection connection) => ReadHeld(connection, "held_deletes", "export");

    public static HeldDeletes? ReadHeldStaged(SqliteConnection connection) => ReadHeld(connection, "held_staged", "staged");

    /// <summary>
    /// The removals pending that nobody has approved, those that start nothing among them: an import carries them whatever started it.
    /// </summary>
    public static long CountUnapproved(SqliteConnection connection) =>
        connection.Number($"SELECT count(*) FROM change WHERE {ChangeSql.IsUnapproved}");

    /// <summary>What an approval given now would let pass; null when nothing is held or pending.</summary>
    public static HeldRemovals? ReadHeldRemovals(SqliteConnection connection, int most)
    {
        var held = new HeldRemovals(
            ChangeSql.Last(connection), CountUnapproved(connection), ReadHeldStaged(connection), ReadHeldExport(connection))
        {
            Guests = connection
                .Sql($"SELECT {ChangeSql.Columns} FROM change WHERE {ChangeSql.IsUnapproved} ORDER BY seq LIMIT $most", ("$most", most))
                .Rows(ChangeSql.Read),
        };
        return held is { Removals: 0, Staged: null, Export: null } ? null : held;
    }

    /// <summary>Lets what was shown pass, once, and nothing that came since. Null when none of it is held any more.</summary>
    public static RemovalApproval? Approve(SqliteConnection connection, HeldRemovals shown, string approvedBy, DateTimeOffset now)
    {
        var removals = connection.Number(
            $"SELECT count(*) FROM change WHERE {ChangeSql.IsUnapproved} AND seq <= $through", ("$through", shown.ThroughChange));
        var staged = ReadHeldStaged(connection) == shown.Staged ? shown.Staged : null;
        var export = ReadHeldExport(connection) == shown.Export ? shown.Export : null;
        if (removals == 0 && staged is null && export is null) return null;

        var approval = new RemovalApproval(approvedBy, now, removals, staged?.Deletes ?? 0, export?.Deletes ?? 0);
        connection.Run(
            """
            INSERT INTO removal_approval (approved_by, approved_at, through_change, after_cycle, removals,
                                          staged_deletes, staged_on, export_deletes, export_on)
            VALUES ($by, $at, $through, (SELECT coalesce(max(id), 0) FROM cycle), $removals, $staged, $stagedOn, $deletes, $exportOn)
            """,
            ("$by", approval.By), ("$at", approval.At), ("$through", shown.ThroughChange), ("$removals", approval.Removals),
            ("$staged", approval.StagedDeletes), ("$stagedOn", staged?.ManagementAgent),
            ("$deletes", approval.ExportDeletes), ("$exportOn", export?.ManagementAgent));
        return approval;
    }

    /// <summary>
    /// Deletions on a management agent that a person let pass before a step of this kind, and that no cycle has carried since.
    /// </summary>
    public static long CountApprovedDeletes(SqliteConnection connection, long cycle, StepKind kind, string managementAgent)
    {
        var column = kind == StepKind.Export ? "export" : "staged";
        return connection.Number(
            $"""
            SELECT coalesce(max({column}_deletes), 0) FROM removal_approval
            WHERE after_cycle >= {LastGood} AND {column}_on = $agent COLLATE NOCASE AND {IsUnspent}
            """,
            ("$cycle", cycle), ("$kind", kind), ("$agent", managementAgent));
    }

    /// <summary>The removals that a cycle carries.</summary>
    public static long CountRemovals(SqliteConnection connection, long cycle) =>
        connection.Number($"SELECT count(*) {ChangeSql.CausesOfCycle} AND {ChangeSql.IsRemoval}", ("$cycle", cycle));

    /// <summary>The removals that a cycle carries and that somebody approved.</summary>
    public static long CountApprovedRemovals(SqliteConnection connection, long cycle) => connection.Number(
        $"""
        SELECT count(*) {ChangeSql.CausesOfCycle} AND {ChangeSql.IsRemoval}
          AND seq <= (SELECT coalesce(max(through_change), 0) FROM removal_approval)
        """,
        ("$cycle", cycle));

    /// <summary>As above, of those that have not had a step of this kind on that management agent.</summary>
    public static long CountApprovedRemovals(SqliteConnection connection, long cycle, StepKind kind, string managementAgent) =>
        connection.Number(
        $"""
        SELECT count(*) {ChangeSql.CausesOfCycle} AND {ChangeSql.IsRemoval}
          AND seq <= (SELECT coalesce(max(through_change), 0) FROM removal_approval WHERE {IsUnspent})
          AND seq > (SELECT coalesce(max(through_change), 0) FROM removal_approval WHERE NOT ({IsUnspent}))
        """,
        ("$cycle", cycle), ("$kind", kind), ("$agent", managementAgent));

    /// <summary>The approval without which the removal guard would have held a cycle; null where it needed none.</summary>
    public static RemovalApproval? ReadOf(SqliteConnection connection, long cycle) => connection
        .Sql(
            """
            SELECT approved_by, approved_at, removals, staged_deletes, export_deletes
            FROM removal_approval WHERE id = (SELECT approval_id FROM cycle WHERE id = $cycle)
            """,
            ("$cycle", cycle))
        .Row(row => new RemovalApproval(row.GetString(0), row.Time(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)));

    public static RemovalApproval Use(SqliteConnection connection, long cycle)
    {
        connection.Run($"UPDATE cycle SET approval_id = {LastApproval} WHERE id = $cycle", ("$cycle", cycle));
        return ReadOf(connection, cycle)!;
    }

    /// <summary>
    /// A step of this kind ended well there: it has carried what was approved when it began, or what the guard let pass right before it
    /// did. No later cycle may carry as much again. What was approved while it ran has not had its step.
    /// </summary>
    public static void Spend(SqliteConnection connection, long cycle, PlannedStep step) => connection.Run(
        """
        INSERT OR REPLACE INTO approval_spent (kind, management_agent, approval_id, cycle_id)
        SELECT $kind, $agent, approval, $cycle
        FROM (SELECT max(coalesce(through_approval, 0), coalesce(approval_id, 0)) AS approval
              FROM step JOIN cycle ON cycle.id = step.cycle_id WHERE cycle_id = $cycle AND position = $position)
        WHERE approval > (SELECT coalesce(max(approval_id), 0) FROM approval_spent WHERE kind = $kind AND management_agent = $agent)
        """,
        ("$kind", step.Kind), ("$agent", step.ManagementAgent), ("$cycle", cycle), ("$position", step.Position));

    private static HeldDeletes? ReadHeld(SqliteConnection connection, string held, string approved) => connection
        .Sql(
            $"""
            SELECT id, coalesce(held_on, ''), {held} FROM cycle
            WHERE id > {LastGood} AND {held} > (
                SELECT coalesce(max({approved}_deletes), 0) FROM removal_approval
                WHERE after_cycle >= cycle.id AND coalesce({approved}_on, '') = coalesce(held_on, '') COLLATE NOCASE)
            ORDER BY id DESC LIMIT 1
            """)
        .Row(row => new HeldDeletes(row.GetInt64(0), row.GetString(1), row.GetInt64(2)));
}
