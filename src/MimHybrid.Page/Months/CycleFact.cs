using MimHybrid.Cycles.Settings;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Months;

/// <summary>What a mark in the picture says: why a cycle ran, or that it did not end well.</summary>
public enum MarkKind
{
    /// <summary>Nothing came of it that anybody would look for.</summary>
    Quiet,

    /// <summary>By the clock, and it wrote something.</summary>
    Timed,

    /// <summary>For guest changes.</summary>
    Guests,

    /// <summary>Somebody forced it.</summary>
    Forced,

    Running,

    /// <summary>It was stopped or held, or found something to look into.</summary>
    Open,

    /// <summary>It failed, or was cut off.</summary>
    Failed,
}

/// <summary>How long a step kept MIM busy.</summary>
public readonly record struct StepTime(string ManagementAgent, string RunProfile, TimeSpan Took);

/// <summary>What the pictures need of a cycle: a month of them stays in memory while the page is open.</summary>
public sealed record CycleFact(long Id, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, MarkKind Kind)
{
    public IReadOnlyList<StepTime> Steps { get; init; } = [];

    /// <summary>When what it had written was read back; null where nothing was.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    public static CycleFact Of(CycleHead head)
    {
        var cycle = head.Cycle;
        return new CycleFact(cycle.Id, cycle.StartedAt, cycle.EndedAt, KindOf(head))
        {
            Steps =
            [
                .. cycle.Steps.Where(step => step is { StartedAt: not null, EndedAt: not null })
                    .Select(step => new StepTime(
                        string.Intern(step.ManagementAgent), string.Intern(step.RunProfile), step.EndedAt!.Value - step.StartedAt!.Value)),
            ],
            ConfirmedAt = cycle.EndedWell ? TimeToAccount.ConfirmedAt(cycle.Steps) : null,
        };
    }

    public static MarkKind KindOf(CycleHead head) => head.Cycle switch
    {
        { Outcome: CycleOutcome.Running } => MarkKind.Running,
        { Outcome: CycleOutcome.Failed or CycleOutcome.Abandoned } => MarkKind.Failed,
        { Outcome: CycleOutcome.Stopped or CycleOutcome.SucceededWithFindings } => MarkKind.Open,
        { Trigger: TriggerKind.Command } => MarkKind.Forced,
        { } cycle when head.HasCauses || cycle.Trigger == TriggerKind.GraphDelta => MarkKind.Guests,
        { } cycle => CycleWords.IsQuiet(cycle) || Observed.Is(cycle.Sequence) ? MarkKind.Quiet : MarkKind.Timed,
    };
}
