using Microsoft.Data.Sqlite;

namespace MimHybrid.Core.Store;

/// <summary>What somebody approved: removals pending, and deletions waiting for export.</summary>
public sealed record RemovalApproval(long Removals, long ExportDeletes);

/// <content>What people ask of the agent, from any process.</content>
public sealed partial class AgentStore
{
    /// <summary>Asks for a cycle now; whoever runs the agent on this data folder serves it. Answers with the request's number.</summary>
    public long RequestForcedRun(string? sequence, string requestedBy, bool pastWindow, DateTimeOffset now) => Write(connection => connection.Number(
        "INSERT INTO forced_request (sequence, requested_by, requested_at, past_window) VALUES ($sequence, $by, $now, $past) RETURNING id",
        ("$sequence", sequence), ("$by", requestedBy), ("$now", now), ("$past", pastWindow)));

    /// <summary>Takes a request back that no cycle has served yet.</summary>
    public void WithdrawForcedRun(long request, DateTimeOffset now) => Write(connection =>
    {
        connection.Run("UPDATE forced_request SET withdrawn_at = $now WHERE id = $id AND cycle_id IS NULL AND withdrawn_at IS NULL", ("$id", request), ("$now", now));
    });

    /// <summary>The cycle that serves a request; null while none does.</summary>
    public long? FindCycleOfRequest(long request) => Read(connection =>
    {
        var cycle = connection.Number("SELECT cycle_id FROM forced_request WHERE id = $id", ("$id", request));
        return cycle == 0 ? (long?)null : cycle;
    });

    /// <summary>Lets the removals that are pending now, and the deletions that the guard holds, pass once. Null when nothing is held or pending.</summary>
    public RemovalApproval? ApproveRemovals(string approvedBy, DateTimeOffset now) => Write(connection =>
    {
        var removals = ReadPending(connection).UnapprovedRemovals;
        var deletes = ReadHeldExport(connection)?.Deletes ?? 0;
        if (removals == 0 && deletes == 0) return null;
        InsertApproval(connection, approvedBy, removals, deletes, now);
        return new RemovalApproval(removals, deletes);
    });

    /// <summary>Deletions that a person let pass and that no cycle has carried since.</summary>
    public long CountApprovedExportDeletes() => Read(connection => connection.Number(
        $"SELECT coalesce(max(export_deletes), 0) FROM removal_approval WHERE after_cycle >= {LastGood}"));

    private static void InsertApproval(SqliteConnection connection, string approvedBy, long removals, long deletes, DateTimeOffset now) => connection.Run(
        """
        INSERT INTO removal_approval (approved_by, approved_at, through_change, after_cycle, removals, export_deletes)
        VALUES ($by, $now, (SELECT coalesce(max(seq), 0) FROM change), (SELECT coalesce(max(id), 0) FROM cycle), $removals, $deletes)
        """,
        ("$by", approvedBy), ("$now", now), ("$removals", removals), ("$deletes", deletes));
}
