namespace MimHybrid.Core.Store;

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

    /// <summary>
    /// Takes back what is open. Whoever just took hold of the data folder may: those who asked an agent before have gone, or ask again.
    /// </summary>
    public int WithdrawOpenRequests(DateTimeOffset now) => Write(connection =>
        connection.Run("UPDATE forced_request SET withdrawn_at = $now WHERE cycle_id IS NULL AND withdrawn_at IS NULL", ("$now", now)));

    /// <summary>Whether somebody took the request back.</summary>
    public bool IsWithdrawn(long request) => Read(connection =>
        connection.Number("SELECT count(*) FROM forced_request WHERE id = $id AND withdrawn_at IS NOT NULL", ("$id", request)) > 0);

    /// <summary>The cycle that serves a request; null while none does.</summary>
    public long? FindCycleOfRequest(long request) => Read(connection =>
    {
        var cycle = connection.Number("SELECT cycle_id FROM forced_request WHERE id = $id", ("$id", request));
        return cycle == 0 ? (long?)null : cycle;
    });
}
