using MimHybrid.Agent.Json;
using MimHybrid.Cycles.Matters;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>How the agent is, at one moment.</summary>
internal sealed record StatusReport
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

    /// <summary>Guest changes that started nothing, by reason, since the store was made.</summary>
    public IReadOnlyList<IgnoredChanges> Ignored { get; init; } = [];

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

    public string ToJson() => JsonLine.Of(ToLine(Verdict), AgentJson.Lines.StatusLine);

    private StatusLine ToLine(AgentVerdict verdict) => new()
    {
        State = State,
        Pending = Snapshot.Pending.Count,
        PendingByKind = new(Snapshot.Pending.Counts.Select(count => KeyValuePair.Create(count.Key.ToString(), count.Value))),
        Next = new NextLine(Next.Action, Next.At, Next.Reason),
        LastCycle = LastCycle is { } cycle ? CycleLine.Of(cycle) : null,
        Cursor = new CursorLine(CursorObtainedAt),
        Reading = Reading is { } reading ? new ReadingLine(reading.Pages, reading.Users, reading.Guests) : null,
        Guests = Snapshot.Guests,
        Polls = new PollsLine(Polls?.SucceededAt, Polls?.FailingSince, Polls?.Error),
        Ignored = [.. Ignored.Select(ignored => new IgnoredLine(ignored.Reason.ToString(), ignored.Count, ignored.Last))],
        Credential = Credential is { } credential
            ? new CredentialLine(credential.Kind, credential.ExpiresAt, credential.Warning(Now))
            : null,
        Refused = RefusedText.ToLines(Facts.Refused),
        Silence = Holder is null ? null : SilentLoops.Of(Facts.Beats, Now),
        Rescue = Rescue is { } rescue ? new RescueLine(rescue.At, rescue.Told) : null,
        Verdict = MatterText.WordOf(verdict.Kind),
        Summary = verdict.Sentence,
        Open = MatterText.ToLines(verdict.Open),
    };
}
