using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Steps as they begin and end, and the exports that MIM has not seen again in the directory.</summary>
internal static class StepSql
{
    public static void Begin(SqliteConnection connection, long cycle, PlannedStep step, DateTimeOffset now) => connection.Run(
        """
        INSERT INTO step (cycle_id, position, management_agent, run_profile, started_at, through_approval)
        VALUES ($cycle, $position, $agent, $profile, $now, (SELECT max(id) FROM removal_approval))
        """,
        ("$cycle", cycle), ("$position", step.Position), ("$agent", step.ManagementAgent), ("$profile", step.RunProfile), ("$now", now));

    public static void Skip(SqliteConnection connection, long cycle, PlannedStep step, string because) => connection.Run(
        "INSERT OR REPLACE INTO step (cycle_id, position, management_agent, run_profile, "
            + "skipped_because) VALUES ($cycle, $position, $agent, $profile, $because)",
        ("$cycle", cycle), ("$position", step.Position), ("$agent", step.ManagementAgent), ("$profile", step.RunProfile),
            ("$because", because));

    public static void End(SqliteConnection connection, long cycle, StepRecord step) => connection.Run(
        """
        UPDATE step SET started_at = $started, ended_at = $ended, result = $result, advice = $advice, run_number = $number,
                        counters = $counters, errors = $errors, error_count = $count, refused = $refused
        WHERE cycle_id = $cycle AND position = $position
        """,
        ("$cycle", cycle), ("$position", step.Position), ("$started", step.StartedAt), ("$ended", step.EndedAt), ("$result", step.Result),
        ("$advice", step.Advice), ("$number", step.RunNumber), ("$counters", StepJson.Of(step.Counters)),
            ("$errors", StepJson.Of(step.Errors)),
        ("$count", step.ErrorCount), ("$refused", step.Refused));

    /// <summary>Something was exported there: until an import confirms it, it may have failed unseen.</summary>
    public static void RecordExport(SqliteConnection connection, string managementAgent, long deletes) => connection.Run(
        """
        INSERT INTO unconfirmed_export (management_agent, deletes) VALUES ($agent, $deletes)
        ON CONFLICT (management_agent) DO UPDATE SET deletes = deletes + excluded.deletes, imported = 0
        """,
        ("$agent", managementAgent), ("$deletes", deletes));

    /// <summary>An import there ended well: what was exported is confirmed, and waits for a synchronization.</summary>
    public static void ConfirmExport(SqliteConnection connection, string managementAgent) => connection.Run(
        "UPDATE unconfirmed_export SET imported = 1 WHERE management_agent = $agent", ("$agent", managementAgent));

    /// <summary>A synchronization there ended well, or had nothing to do.</summary>
    public static void ForgetExport(SqliteConnection connection, string managementAgent) => connection.Run(
        "DELETE FROM unconfirmed_export WHERE management_agent = $agent", ("$agent", managementAgent));

    public static bool HasExportToConfirm(SqliteConnection connection, string managementAgent, StepKind kind) => connection.Number(
        "SELECT count(*) FROM unconfirmed_export WHERE management_agent = $agent AND (imported = 0 OR NOT $import)",
        ("$agent", managementAgent), ("$import", kind == StepKind.Import)) > 0;

    public static long CountUnconfirmedDeletes(SqliteConnection connection, string managementAgent) => connection.Number(
        "SELECT coalesce(sum(deletes), 0) FROM unconfirmed_export WHERE management_agent = $agent", ("$agent", managementAgent));
}
