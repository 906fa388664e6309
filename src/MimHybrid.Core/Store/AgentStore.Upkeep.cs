namespace MimHybrid.Core.Store;

/// <summary>How far the clearing of MIM's run history has come.</summary>
/// <param name="BegunAt">When the last clean-up began, UTC.</param>
/// <param name="ClearedThrough">Runs that ended up to then are gone, UTC; null before the first piece.</param>
/// <param name="GoesOn">It has more to do. False while a piece is being cleared: what hangs or fails is not met again at each restart.</param>
public sealed record RunHistoryCleanup(DateTimeOffset BegunAt, DateTimeOffset? ClearedThrough, bool GoesOn);

/// <content>What the agent does beside cycles, and when it last did.</content>
public sealed partial class AgentStore
{
    /// <summary>Null before the first clean-up.</summary>
    public RunHistoryCleanup? ReadRunHistoryCleanup() => Read(connection => connection
        .Sql("SELECT asked_at, cleared_through, goes_on FROM run_history_cleanup")
        .Row(row => new RunHistoryCleanup(row.Time(0), row.OptionalTime(1), row.GetBoolean(2))));

    public void RecordRunHistoryCleanup(RunHistoryCleanup cleanup) => Write(connection =>
    {
        connection.Run(
            "INSERT OR REPLACE INTO run_history_cleanup (id, asked_at, cleared_through, goes_on) VALUES (1, $begun, $through, $goesOn)",
            ("$begun", cleanup.BegunAt), ("$through", cleanup.ClearedThrough), ("$goesOn", cleanup.GoesOn));
    });
}
