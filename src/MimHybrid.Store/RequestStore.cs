using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store;

/// <summary>What people ask of the agent, from any process, and what it answers: forced runs, stops, approvals.</summary>
public sealed class RequestStore : IDisposable
{
    private readonly StoreFile file;

    internal RequestStore(StoreFile file) => this.file = file;

    /// <summary>Opens the requests for a command that runs beside an agent; neither makes nor migrates the store.</summary>
    /// <exception cref="StoreException">There is no store, it cannot be written, or it is of another version.</exception>
    public static RequestStore Open(string dataFolder) => new(StoreFile.OpenForRequests(dataFolder));

    /// <summary>Asks for a cycle now; whoever runs the agent on this data folder serves it. Returns the request's number.</summary>
    public long RequestForcedRun(string? sequence, string requestedBy, bool pastWindow, DateTimeOffset now) =>
        file.Write(connection => connection.Number(
        "INSERT INTO forced_request (sequence, requested_by, requested_at, past_window) VALUES ($sequence, $by, $now, $past) RETURNING id",
        ("$sequence", sequence), ("$by", requestedBy), ("$now", now), ("$past", pastWindow)));

    /// <summary>How it stands with a request; null where there is none of that number.</summary>
    public ForcedRequestState? ReadForcedRun(long request) => file.Read(connection => RequestSql.ReadForced(connection, request));

    /// <summary>The agent's answer to one request, or to all that no cycle serves yet.</summary>
    /// <param name="request">The one; null for all that are open.</param>
    /// <param name="answer">Written only where it is another one than before.</param>
    public void AnswerForcedRuns(long? request, ForcedAnswer answer) =>
        file.Write(connection => RequestSql.Answer(connection, request, answer));

    /// <summary>Takes a request back that no cycle has served yet.</summary>
    public void WithdrawForcedRun(long request, DateTimeOffset now) => file.Write(connection =>
    {
        connection.Run("UPDATE forced_request SET withdrawn_at = $now WHERE id = $id AND cycle_id IS NULL AND withdrawn_at IS NULL",
            ("$id", request), ("$now", now));
    });

    /// <summary>
    /// Takes back what is open. Whoever just took hold of the data folder may: those who asked an agent before have gone, or ask again.
    /// </summary>
    public int WithdrawOpenForcedRuns(DateTimeOffset now) => file.Write(connection =>
        connection.Run("UPDATE forced_request SET withdrawn_at = $now WHERE cycle_id IS NULL AND withdrawn_at IS NULL", ("$now", now)));

    /// <summary>Asks whoever runs the agent on this data folder to end after the cycle in progress. Returns the request's number.</summary>
    public long RequestStop(string requestedBy, DateTimeOffset now) => file.Write(connection => connection.Number(
        "INSERT INTO stop_request (requested_by, requested_at) VALUES ($by, $now) RETURNING id", ("$by", requestedBy), ("$now", now)));

    /// <summary>The oldest request that nobody took back; null while there is none.</summary>
    public StopRequest? ReadStopRequest() => file.Read(connection => connection
        .Sql("SELECT requested_by FROM stop_request WHERE withdrawn_at IS NULL ORDER BY id LIMIT 1")
        .Row(row => new StopRequest(row.GetString(0))));

    /// <summary>Whether the request still stands.</summary>
    public bool IsStopOpen(long request) => file.Read(connection =>
        connection.Number("SELECT count(*) FROM stop_request WHERE id = $id AND withdrawn_at IS NULL", ("$id", request)) > 0);

    /// <summary>
    /// Takes a request back: who asked has stopped waiting, and the agent must not end long after, when nobody is there to start it again.
    /// </summary>
    public void WithdrawStop(long request, DateTimeOffset now) => file.Write(connection =>
    {
        connection.Run(
            "UPDATE stop_request SET withdrawn_at = $now WHERE id = $id AND withdrawn_at IS NULL", ("$id", request), ("$now", now));
    });

    /// <summary>
    /// Takes back what is open. Whoever just took hold of the data folder does: the requests were meant for an agent before.
    /// </summary>
    public int WithdrawOpenStops(DateTimeOffset now) => file.Write(connection =>
        connection.Run("UPDATE stop_request SET withdrawn_at = $now WHERE withdrawn_at IS NULL", ("$now", now)));

    /// <summary>Keeps an alert quiet until a time; false where no such one is open.</summary>
    public bool SnoozeAlert(long alert, DateTimeOffset until, string by) =>
        file.Write(connection => AlertSql.Snooze(connection, alert, until, by));

    /// <summary>Asks for a new reading of the whole tenant; whoever runs the agent here begins it with its next poll.</summary>
    public void RequestResync(string requestedBy, DateTimeOffset now) => file.Write(connection =>
    {
        connection.Run("INSERT INTO resync_request (requested_by, requested_at) VALUES ($by, $now)", ("$by", requestedBy), ("$now", now));
    });

    /// <summary>
    /// Lets what was shown pass, once, and nothing that came since. Null when none of it is held any more: somebody else was faster.
    /// </summary>
    public RemovalApproval? ApproveRemovals(HeldRemovals shown, string approvedBy, DateTimeOffset now) =>
        file.Write(connection => ApprovalSql.Approve(connection, shown, approvedBy, now));

    /// <summary>As <see cref="ApproveRemovals(HeldRemovals, string, DateTimeOffset)"/>, for whatever is held at this moment.</summary>
    public RemovalApproval? ApproveRemovals(string approvedBy, DateTimeOffset now) => file.Write(connection =>
        ApprovalSql.ReadHeldRemovals(connection, most: 0) is { } held ? ApprovalSql.Approve(connection, held, approvedBy, now) : null);

    public void Dispose() => file.Dispose();
}
