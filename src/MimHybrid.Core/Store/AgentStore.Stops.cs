namespace MimHybrid.Core.Store;

/// <summary>Somebody wants the agent to end after the cycle in progress.</summary>
public sealed record StopRequest(long Id, string RequestedBy, DateTimeOffset RequestedAt);

/// <content>How the agent is asked to end, from any process.</content>
public sealed partial class AgentStore
{
    /// <summary>Asks whoever runs the agent on this data folder to end after the cycle in progress. Answers with the request's number.</summary>
    public long RequestStop(string requestedBy, DateTimeOffset now) => Write(connection => connection.Number(
        "INSERT INTO stop_request (requested_by, requested_at) VALUES ($by, $now) RETURNING id", ("$by", requestedBy), ("$now", now)));

    /// <summary>The oldest request that nobody took back; null while there is none.</summary>
    public StopRequest? ReadStopRequest() => Read(connection => connection
        .Sql("SELECT id, requested_by, requested_at FROM stop_request WHERE withdrawn_at IS NULL ORDER BY id LIMIT 1")
        .Row(row => new StopRequest(row.GetInt64(0), row.GetString(1), row.Time(2))));

    /// <summary>Whether the request still stands.</summary>
    public bool IsStopOpen(long request) => Read(connection =>
        connection.Number("SELECT count(*) FROM stop_request WHERE id = $id AND withdrawn_at IS NULL", ("$id", request)) > 0);

    /// <summary>Takes a request back: who asked has stopped waiting, and the agent must not end long after, when nobody is there to start it again.</summary>
    public void WithdrawStop(long request, DateTimeOffset now) => Write(connection =>
    {
        connection.Run("UPDATE stop_request SET withdrawn_at = $now WHERE id = $id AND withdrawn_at IS NULL", ("$id", request), ("$now", now));
    });

    /// <summary>Takes back what is open. Whoever just took hold of the data folder does: the requests were meant for an agent before.</summary>
    public int WithdrawOpenStops(DateTimeOffset now) => Write(connection =>
        connection.Run("UPDATE stop_request SET withdrawn_at = $now WHERE withdrawn_at IS NULL", ("$now", now)));
}
