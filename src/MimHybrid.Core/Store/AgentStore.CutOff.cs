namespace MimHybrid.Core.Store;

/// <summary>A step that a crash of the agent cut off: whether MIM ran it, and to which end, is yet to be asked.</summary>
/// <param name="Cycle">The cycle.</param>
/// <param name="Sequence">The sequence that it ran.</param>
/// <param name="Position">The step's position in it.</param>
/// <param name="ManagementAgent">The management agent's name.</param>
/// <param name="RunProfile">The run profile's name.</param>
/// <param name="StartedAt">When the agent began it, UTC.</param>
/// <param name="LastRunNumber">The last run of that management agent known before; 0 if none is.</param>
internal sealed record CutOffStep(
    long Cycle, string Sequence, int Position, string ManagementAgent, string RunProfile, DateTimeOffset StartedAt, int LastRunNumber);

/// <content>What a crash left behind.</content>
public sealed partial class AgentStore
{
    /// <summary>What still says that it runs when the only agent starts was cut off by a crash. Answers with the cycles' numbers.</summary>
    public IReadOnlyList<long> AbandonRunningCycles(DateTimeOffset now) => Write(connection => connection
        .Sql(
            """
            UPDATE cycle SET outcome = 'Abandoned', ended_at = $now, failure = 'The agent ended during this cycle; its changes stay pending.'
            WHERE outcome = 'Running' RETURNING id
            """,
            ("$now", now))
        .Rows(row => row.GetInt64(0)));

    /// <summary>Steps of abandoned cycles that have neither an end nor a reason for having none, oldest first.</summary>
    internal IReadOnlyList<CutOffStep> ReadCutOffSteps() => Read(connection => connection
        .Sql(
            """
            SELECT cycle_id, sequence, position, management_agent, run_profile, step.started_at,
                   (SELECT coalesce(max(run_number), 0) FROM step AS before WHERE before.management_agent = step.management_agent)
            FROM cycle JOIN step ON step.cycle_id = cycle.id
            WHERE outcome = 'Abandoned' AND result IS NULL AND skipped_because IS NULL
            ORDER BY cycle_id, position
            """)
        .Rows(row => new CutOffStep(row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.Time(5), row.GetInt32(6))));
}
