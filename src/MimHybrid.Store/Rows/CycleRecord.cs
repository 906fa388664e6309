namespace MimHybrid.Store.Rows;

/// <summary>How a cycle ended.</summary>
public enum CycleOutcome
{
    Running,
    Succeeded,

    /// <summary>Every step finished; some objects have errors or warnings.</summary>
    SucceededWithFindings,

    /// <summary>A step failed; no step followed it, and the changes stay pending.</summary>
    Failed,

    /// <summary>Somebody stopped it, or the removal guard held it; the changes stay pending.</summary>
    Stopped,

    /// <summary>The agent died during it; the changes stay pending.</summary>
    Abandoned,
}

/// <summary>One cycle as the run log keeps it.</summary>
public sealed record CycleRecord
{
    public required long Id { get; init; }

    public required string Function { get; init; }

    public required TriggerKind Trigger { get; init; }

    public required string Sequence { get; init; }

    /// <summary>Why it ran, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>The reason without naming a person; null where it names nobody.</summary>
    public string? ReasonUnnamed { get; init; }

    /// <summary>Who forced it; null otherwise.</summary>
    public string? ForcedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required CycleOutcome Outcome { get; init; }

    /// <summary>Why it did not end well; null otherwise.</summary>
    public string? Failure { get; init; }

    /// <summary>The failure as it reads below its step, which says already what to do about it; null where that step does not.</summary>
    public string? FailureBrief { get; init; }

    /// <summary>Who ended it where it did not fail by itself; null otherwise.</summary>
    public StoppedBy? StoppedBy { get; init; }

    /// <summary>What the planner decided when it had ended.</summary>
    public string? NextDecision { get; init; }

    /// <summary>The same below the failure that it is about; null where it is about none.</summary>
    public string? NextBrief { get; init; }

    /// <summary>The same without naming a person; null where it names nobody.</summary>
    public string? NextUnnamed { get; init; }

    /// <summary>The guest changes that it carries, or tried to.</summary>
    public IReadOnlyList<GuestChange> Changes { get; init; } = [];

    /// <summary>How many further changes there are, where not all of them were asked for.</summary>
    public long MoreChanges { get; init; }

    public IReadOnlyList<StepRecord> Steps { get; init; } = [];

    /// <summary>What the agent decided on its way, oldest first.</summary>
    public IReadOnlyList<CycleDecision> Decisions { get; init; } = [];

    /// <summary>Expected guests and those MIM showed; null where there was nothing to compare.</summary>
    public ArrivalRecord? Arrival { get; init; }

    /// <summary>The approval without which the removal guard would have held this cycle; null where it needed none.</summary>
    public RemovalApproval? Approval { get; init; }

    /// <summary>Accounts that directories refused in it; where an export was tried again, the last time.</summary>
    public long Refused => Steps.Where(step => step.Result is not null)
        .GroupBy(step => $"{step.ManagementAgent}\n{step.RunProfile}", StringComparer.Ordinal).Sum(tries => tries.Last().Refused);

    public bool EndedWell => Outcome is CycleOutcome.Succeeded or CycleOutcome.SucceededWithFindings;

    /// <summary>In the place of a cycle of which a row cannot be read.</summary>
    internal static CycleRecord Unreadable(long id, string why) => new()
    {
        Id = id,
        Function = "?",
        Trigger = TriggerKind.Command,
        Sequence = "?",
        Reason = "nobody can tell",
        StartedAt = DateTimeOffset.UnixEpoch,
        Outcome = CycleOutcome.Abandoned,
        Failure = $"This cycle cannot be read from the store: {why}",
    };

    /// <summary>
    /// The row says that it runs, and nobody is there who could run it: the agent was killed, and only the next one closes the row.
    /// </summary>
    public CycleRecord CutOff(CutOffCycle cut) => this with
    {
        Outcome = CycleOutcome.Abandoned,
        Failure = $"No agent runs: it ended during this cycle{cut.Pending}. MIM may go on with the step; the next start looks for it.",
    };
}

/// <summary>One step as the run log keeps it: it ran, or it was skipped and says why.</summary>
public sealed record StepRecord
{
    public required int Position { get; init; }

    public required string ManagementAgent { get; init; }

    public required string RunProfile { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>MIM's own word, raw; null while the step runs, and when it was skipped.</summary>
    public string? Result { get; init; }

    /// <summary>What the word means and what to do; empty for plain success.</summary>
    public string? Advice { get; init; }

    public int? RunNumber { get; init; }

    public string? SkippedBecause { get; init; }

    /// <summary>Null where they are not known: the step did not run, or MIM does not tell.</summary>
    public StepCounters? Counters { get; init; }

    /// <summary>The first errors with their objects.</summary>
    public IReadOnlyList<StepError> Errors { get; init; } = [];

    /// <summary>All errors, kept or not.</summary>
    public long ErrorCount { get; init; }

    /// <summary>How many objects an export could not write.</summary>
    public long Refused { get; init; }
}
