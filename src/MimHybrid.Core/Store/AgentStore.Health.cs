using Microsoft.Data.Sqlite;
using MimHybrid.Core.Planning;

namespace MimHybrid.Core.Store;

/// <summary>How the polls are doing.</summary>
/// <param name="AttemptedAt">The last poll, good or not.</param>
/// <param name="SucceededAt">The last good one.</param>
/// <param name="FailingSince">The first failure since the last good one; null while all is well.</param>
/// <param name="Failures">How many failed in a row.</param>
/// <param name="Error">What the last failure was, for people.</param>
public sealed record PollHealth(DateTimeOffset AttemptedAt, DateTimeOffset? SucceededAt, DateTimeOffset? FailingSince, int Failures, string? Error)
{
    /// <summary>What the last poll waits for, for people; null when it came to its end.</summary>
    public string? WaitingFor { get; init; }
}

/// <summary>The planner's last word, as the running agent wrote it down.</summary>
public sealed record RecordedDecision(string Action, DateTimeOffset? At, string Reason, DateTimeOffset DecidedAt);

/// <summary>The process that runs the agent on this data folder, or ran it last.</summary>
public sealed record Holder(int ProcessId, string Account, DateTimeOffset StartedAt)
{
    public override string ToString() => $"process {ProcessId} of {Account}";
}

/// <content>What the running agent writes down for whoever asks from another process.</content>
public sealed partial class AgentStore
{
    public PollHealth? ReadPollHealth() => Read(connection => connection
        .Sql("SELECT attempted_at, succeeded_at, failing_since, failures, error, waiting_for FROM poll")
        .Row(row => new PollHealth(row.Time(0), row.OptionalTime(1), row.OptionalTime(2), row.GetInt32(3), row.OptionalText(4))
        {
            WaitingFor = row.OptionalText(5),
        }));

    public void RecordPollSuccess(DateTimeOffset now) => Write(connection =>
    {
        connection.Run(
            "INSERT OR REPLACE INTO poll (id, attempted_at, succeeded_at, failing_since, failures, error) VALUES (1, $now, $now, NULL, 0, NULL)",
            ("$now", now));
    });

    /// <summary>A poll that was good as far as it came: neither a success nor a failure, but something to show.</summary>
    public void RecordPollWait(string waitingFor, DateTimeOffset now) => Write(connection =>
    {
        connection.Run(
            """
            INSERT INTO poll (id, attempted_at, failures, waiting_for) VALUES (1, $now, 0, $for)
            ON CONFLICT (id) DO UPDATE SET attempted_at = excluded.attempted_at, failing_since = NULL, failures = 0, error = NULL,
                                           waiting_for = excluded.waiting_for
            """,
            ("$now", now), ("$for", waitingFor));
    });

    public void RecordPollFailure(string error, DateTimeOffset now) => Write(connection =>
    {
        connection.Run(
            """
            INSERT INTO poll (id, attempted_at, failing_since, failures, error) VALUES (1, $now, $now, 1, $error)
            ON CONFLICT (id) DO UPDATE SET attempted_at = excluded.attempted_at, failing_since = coalesce(failing_since, excluded.attempted_at),
                                           failures = failures + 1, error = excluded.error, waiting_for = NULL
            """,
            ("$now", now), ("$error", error));
    });

    public RecordedDecision? ReadDecision() => Read(connection => connection
        .Sql("SELECT action, at, reason, decided_at FROM decision")
        .Row(row => new RecordedDecision(row.GetString(0), row.OptionalTime(1), row.GetString(2), row.Time(3))));

    public void RecordDecision(Decision decision, DateTimeOffset now)
    {
        var recorded = Describe(decision, now);
        Write(connection =>
        {
            connection.Run(
                "INSERT OR REPLACE INTO decision (id, action, at, reason, decided_at) VALUES (1, $action, $at, $reason, $now)",
                ("$action", recorded.Action), ("$at", recorded.At), ("$reason", recorded.Reason), ("$now", now));
        });
    }

    public Holder? ReadHolder() => Read(connection => connection
        .Sql("SELECT process_id, account, started_at FROM holder")
        .Row(row => new Holder(row.GetInt32(0), row.GetString(1), row.Time(2))));

    public void RecordHolder(Holder holder) => Write(connection =>
    {
        connection.Run(
            "INSERT OR REPLACE INTO holder (id, process_id, account, started_at) VALUES (1, $process, $account, $started)",
            ("$process", holder.ProcessId), ("$account", holder.Account), ("$started", holder.StartedAt));
    });

    /// <summary>Writes down whose guests these are, once; answers with what was written down first.</summary>
    public string ClaimFor(string tenant) => Write(connection =>
    {
        connection.Run("INSERT OR IGNORE INTO folder (id, tenant) VALUES (1, $tenant)", ("$tenant", tenant));
        return ReadClaim(connection)!;
    });

    /// <summary>Whose guests these are; null before the first start.</summary>
    public string? ReadClaim() => Read(ReadClaim);

    private static string? ReadClaim(SqliteConnection connection) => connection.Sql("SELECT tenant FROM folder").Row(row => row.GetString(0));

    /// <summary>A decision as <c>status</c> shows it.</summary>
    public static RecordedDecision Describe(Decision decision, DateTimeOffset now) => decision switch
    {
        Decision.Run run => new("Run", now, $"{run.Function} runs {run.Sequence}: {run.Reason}", now),
        Decision.Wait wait => new("Wait", wait.Until, wait.Reason, now),
        Decision.Hold hold => new("Hold", hold.RetryAt, hold.Reason, now),
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, null),
    };
}
