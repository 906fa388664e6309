using MimHybrid.Cycles.Matters;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>How the agent is, at one moment.</summary>
public sealed record StatusReport
{
    /// <summary>What was read, and what is judged by.</summary>
    public required MatterFacts Facts { get; init; }

    /// <summary>The time zone for the times in sentences.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Why there is nothing to judge by; null where there is.</summary>
    public string? CannotTell { get; init; }

    /// <summary>The last time that a store was put aside here; null where none ever was.</summary>
    public Rescue? Rescue { get; init; }

    public required RecordedDecision Next { get; init; }

    /// <summary>With its causes.</summary>
    public CycleRecord? LastCycle { get; init; }

    public DateTimeOffset? CursorObtainedAt { get; init; }

    /// <summary>Who asked for a new reading that has not begun.</summary>
    public string? ResyncAskedBy { get; init; }

    /// <summary>Enabled functions that decide and start nothing, by the settings (Observe).</summary>
    public IReadOnlyList<string> Observing { get; init; } = [];

    /// <summary>Guest changes that started nothing, by reason, since the store was made.</summary>
    public IReadOnlyList<IgnoredChanges> Ignored { get; init; } = [];

    /// <summary>As the store has it; who looks adds what only they know.</summary>
    /// <param name="store">The store.</param>
    /// <param name="snapshot">What was read of it already.</param>
    /// <param name="next">What the agent does next, or would do.</param>
    /// <param name="time">The clock, and the zone of the times in sentences.</param>
    public static StatusReport Read(AgentReader store, AgentSnapshot snapshot, RecordedDecision next, TimeProvider time) => new()
    {
        Facts = MatterFacts.Read(store, snapshot, time.GetUtcNow()) with { Next = next },
        Zone = time.LocalTimeZone,
        Next = next,
        Rescue = store.ReadRescue(),
        LastCycle = store.ReadLastCycle(),
        CursorObtainedAt = store.ReadCursorTime(),
        ResyncAskedBy = store.ReadResyncAsker(),
        Ignored = store.ReadIgnored(),
    };

    /// <summary>What a person wants to know first.</summary>
    public AgentVerdict Verdict => CannotTell is { } why ? AgentVerdict.CannotTell(why) : AgentVerdict.Of(Facts, Zone);

    public DateTimeOffset Now => Facts.Now;

    /// <summary>Who runs the agent; null when nobody does.</summary>
    public Holder? Holder => Facts.Holder;

    public AgentSnapshot Snapshot => Facts.Snapshot;

    /// <summary>How far the tenant has been read as a whole, where that is under way.</summary>
    public Baseline? Reading => Facts.Reading;

    public PollHealth? Polls => Facts.Polls;

    /// <summary>What the agent signs in with, as it noted it at its last poll.</summary>
    public CredentialNote? Credential => Facts.Credential;

    /// <summary>NotRunning, Running (a cycle is in progress), Holding (until a person acts) or Waiting.</summary>
    public string State => this switch
    {
        { Holder: null } => "NotRunning",
        { LastCycle.Outcome: CycleOutcome.Running } => "Running",
        { Next.Action: "Hold" } => "Holding",
        _ => "Waiting",
    };
}
