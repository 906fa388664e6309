using MimHybrid.Core.Settings;

namespace MimHybrid.Core.Planning;

/// <summary>What happens next and why, in words that an administrator understands.</summary>
public abstract record Decision(string Reason)
{
    /// <summary>Start this sequence now.</summary>
    public sealed record Run(string Function, TriggerKind Trigger, string Sequence, ForcedRequest? Request, string Reason) : Decision(Reason);

    /// <summary>Nothing until then, unless a row changes before.</summary>
    public sealed record Wait(DateTimeOffset Until, WaitCause Cause, string Reason) : Decision(Reason);

    /// <summary>Nothing until a person acts; <paramref name="RetryAt"/> is when the agent tries again by itself, if ever.</summary>
    public sealed record Hold(DateTimeOffset? RetryAt, string Reason) : Decision(Reason)
    {
        /// <summary>What is wrong, without how often it was tried and when it is tried again: the same as long as it is the same trouble.</summary>
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
