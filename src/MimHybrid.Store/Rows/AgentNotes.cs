namespace MimHybrid.Store.Rows;

/// <summary>How the polls are doing.</summary>
/// <param name="AttemptedAt">The last poll, good or not.</param>
/// <param name="SucceededAt">The last good one.</param>
/// <param name="FailingSince">The first failure since the last good one; null while all is well.</param>
/// <param name="Failures">How many failed in a row.</param>
/// <param name="Error">What the last failure was, for people.</param>
public sealed record PollHealth(
    DateTimeOffset AttemptedAt, DateTimeOffset? SucceededAt, DateTimeOffset? FailingSince, int Failures, string? Error)
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

/// <summary>How far the clearing of MIM's run history has come.</summary>
/// <param name="BegunAt">When the last clean-up began, UTC.</param>
/// <param name="ClearedThrough">Runs that ended up to then are gone, UTC; null before the first piece.</param>
/// <param name="GoesOn">It has more to do. False while a piece is being cleared: what hangs or fails is not met again at each
/// restart.</param>
public sealed record RunHistoryCleanup(DateTimeOffset BegunAt, DateTimeOffset? ClearedThrough, bool GoesOn);
