using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>How long a guest waited: from the moment somebody was seen until the account was read back from the directory.</summary>
public static class TimeToAccount
{
    /// <summary>When what a cycle had written was read back: its last import of a management agent after that agent's export; null where
    /// nothing was.</summary>
    public static DateTimeOffset? ConfirmedAt(IReadOnlyList<StepRecord> steps)
    {
        var export = steps.LastOrDefault(step => step.Result is not null && StepKinds.Of(step) == StepKind.Export);
        return export is null ? null : ReadBackAt(steps, export);
    }

    /// <summary>When an import of the same management agent last ended after an export; null where none did.</summary>
    public static DateTimeOffset? ReadBackAt(IReadOnlyList<StepRecord> steps, StepRecord export) => steps.LastOrDefault(
        step => step.Position > export.Position && step.EndedAt is not null && step.ManagementAgent == export.ManagementAgent
            && StepKinds.Of(step) == StepKind.Import)?.EndedAt;

    /// <summary>The smallest value that so many of a hundred do not exceed: it is one that was measured, also where they are few.</summary>
    public static TimeSpan Percentile(IReadOnlyList<TimeSpan> sorted, int percent) =>
        sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * percent / 100.0) - 1)];
}
