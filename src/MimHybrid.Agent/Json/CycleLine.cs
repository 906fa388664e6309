using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Json;

/// <summary>One cycle, the contract of <c>log --json</c>.</summary>
internal sealed record CycleLine
{
    public required long Id { get; init; }

    public required string Function { get; init; }

    public required string Sequence { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required string Outcome { get; init; }

    public required string Reason { get; init; }

    public required string? Failure { get; init; }

    public required string? NextDecision { get; init; }

    public required IReadOnlyList<CauseLine> Causes { get; init; }

    public required IReadOnlyList<StepLine> Steps { get; init; }

    public required IReadOnlyList<DecisionLine> Decisions { get; init; }

    public required ArrivalLine? Arrival { get; init; }

    public required ApprovalLine? Approval { get; init; }

    public static CycleLine Of(CycleRecord cycle) => new()
    {
        Id = cycle.Id,
        Function = cycle.Function,
        Sequence = cycle.Sequence,
        StartedAt = cycle.StartedAt,
        EndedAt = cycle.EndedAt,
        Outcome = cycle.Outcome.ToString(),
        Reason = cycle.Reason,
        Failure = cycle.Failure,
        NextDecision = cycle.NextDecision,
        Causes = CauseLine.Of(cycle),
        Steps = [.. cycle.Steps.Select(StepLine.Of)],
        Decisions = [.. cycle.Decisions.Select(decision => new DecisionLine(decision.At, decision.Step, decision.Text))],
        Arrival = cycle.Arrival is { } arrival
            ? new(arrival.Expected, arrival.Seen, arrival.Missing, arrival.Explanation, arrival.Refused)
            : null,
        Approval = cycle.Approval is { } approval
            ? new(approval.By, approval.At, approval.Removals, approval.StagedDeletes, approval.ExportDeletes)
            : null,
    };
}

/// <summary>Something the agent decided.</summary>
internal sealed record DecisionLine(DateTimeOffset At, int Step, string Text);

/// <summary>Guests that Graph named, guests that MIM showed, and accounts that the directory refused in the same cycle.</summary>
internal sealed record ArrivalLine(GuestCounts Expected, GuestCounts? Seen, long Missing, string? Explanation, long Refused);

/// <summary>Who let removals pass.</summary>
internal sealed record ApprovalLine(string By, DateTimeOffset At, long Removals, long StagedDeletes, long ExportDeletes);
