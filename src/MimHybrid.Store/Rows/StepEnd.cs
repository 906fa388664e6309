namespace MimHybrid.Store.Rows;

/// <summary>
/// An ended step with all that follows from it. It is written down in one transaction: a crash between two halves would leave an export
/// that nothing confirms, an approval that passes twice, or deletions that are counted twice.
/// </summary>
/// <param name="Step">The step.</param>
/// <param name="Record">What the run log says of it.</param>
public sealed record StepEnd(PlannedStep Step, StepRecord Record)
{
    /// <summary>
    /// The next step may follow: approvals have had their step, an import has confirmed what was exported, and a synchronization has taken
    /// the confirmation up.
    /// </summary>
    public bool EndedWell { get; init; }

    /// <summary>Deletions among what it exported; null where it exported nothing.</summary>
    public long? ExportedDeletes { get; init; }

    /// <summary>
    /// What the guests' synchronizations of this cycle have shown so far; null where it is none, or its counters are not known.
    /// </summary>
    public GuestCounts? Seen { get; init; }

    /// <summary>What the directory refused; null where it is no export, or never started.</summary>
    public ExportRefusals? Refusals { get; init; }

    /// <summary>What is decided because of it, in its order.</summary>
    public IReadOnlyList<CycleDecision> Decisions { get; init; } = [];
}
