using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Planning;

/// <summary>What happens next and why, in words that an administrator understands.</summary>
public abstract record Decision(string Reason)
{
    /// <summary>The reason as it reads below the failure of the cycle that it is about; null where it is about none.</summary>
    public (long Cycle, string Reason)? Below { get; init; }

    /// <summary>The reason without naming a person; null where it names nobody.</summary>
    public string? Unnamed { get; init; }

    /// <summary>The decision as the store keeps it and <c>status</c> shows it.</summary>
    public RecordedDecision ToRecord(DateTimeOffset now) => this switch
    {
        Run run => new("Run", now, $"{run.Function} runs {run.Sequence}: {run.Reason}", now),
        Wait wait => new("Wait", wait.Until, wait.Reason, now),
        Hold hold => new("Hold", hold.RetryAt, hold.Reason, now),
        _ => throw new InvalidOperationException($"A decision of an unknown kind: {GetType().Name}"),
    };

    /// <summary>Start this sequence now.</summary>
    public sealed record Run(string Function, TriggerKind Trigger, string Sequence, ForcedRequest? Request, string Reason) : Decision(
        Reason)
    {
        /// <summary>The cycle's first row.</summary>
        public CycleStart ToStart() => new(Function, Trigger, Sequence, Reason, Request) { ReasonUnnamed = Unnamed };
    }

    /// <summary>This forced request can never be served: it is answered, and the planner is asked again.</summary>
    public sealed record Refuse(ForcedRequest Request, string Reason) : Decision(Reason);

    /// <summary>Nothing until then, unless a row changes before.</summary>
    public sealed record Wait(DateTimeOffset Until, WaitCause Cause, string Reason) : Decision(Reason);

    /// <summary>Nothing until a person acts; <paramref name="RetryAt"/> is when the agent tries again by itself, if ever.</summary>
    public sealed record Hold(DateTimeOffset? RetryAt, string Reason) : Decision(Reason)
    {
        /// <summary>
        /// What is wrong, without how often it was tried and when it is tried again: the same as long as it is the same trouble.
        /// </summary>
        public string Trouble { get; init; } = Reason;
    }
}

/// <summary>What a wait is for.</summary>
public enum WaitCause
{
    BootDelay,
    MaintenanceWindow,
    Backoff,

    /// <summary>Somebody stopped a run, and is not fought.</summary>
    PersonsStop,

    /// <summary>Changes are pending and will start a cycle when they have settled.</summary>
    Settling,

    /// <summary>Nothing to do.</summary>
    Idle,
}
