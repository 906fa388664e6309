namespace MimHybrid.Core.Store;

/// <content>What the agent does beside cycles, and when it last did.</content>
public sealed partial class AgentStore
{
    /// <summary>When MIM was last asked to clear old runs; null if never.</summary>
    public DateTimeOffset? ReadRunHistoryCleanup() => Read(connection => connection
        .Sql("SELECT asked_at FROM run_history_cleanup")
        .Rows(row => (DateTimeOffset?)row.Time(0))
        .FirstOrDefault());

    public void RecordRunHistoryCleanup(DateTimeOffset now) => Write(connection =>
    {
        connection.Run("INSERT OR REPLACE INTO run_history_cleanup (id, asked_at) VALUES (1, $now)", ("$now", now));
    });
}
