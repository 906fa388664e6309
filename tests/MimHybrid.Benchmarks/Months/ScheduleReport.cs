namespace MimHybrid.Benchmarks.Months;

/// <summary>What only a schedule itself knows.</summary>
/// <param name="Requests">To Graph, beside those of MIM's connector.</param>
/// <param name="Approvals">How often a person had to approve removals.</param>
/// <param name="Cycles">By sequence, in the order of their names; empty where there is but one.</param>
internal sealed record ScheduleReport(int Requests, int Approvals, IReadOnlyList<SequenceReport> Cycles)
{
    public static readonly ScheduleReport Nothing = new(0, 0, []);

    public static ScheduleReport operator +(ScheduleReport one, ScheduleReport other) => new(
        one.Requests + other.Requests,
        one.Approvals + other.Approvals,
        [.. one.Cycles.Concat(other.Cycles).GroupBy(cycle => cycle.Sequence).Select(SequenceReport.Sum)]);
}

/// <summary>The cycles of one sequence.</summary>
/// <param name="Sequence">Its name.</param>
/// <param name="Cycles">How many.</param>
/// <param name="BusyHours">What they took of MIM.</param>
/// <param name="LongestMinutes">The longest, its waits included.</param>
/// <param name="IdleSynchronizations">Synchronizations in them that had nothing to do.</param>
internal sealed record SequenceReport(string Sequence, int Cycles, double BusyHours, double LongestMinutes, int IdleSynchronizations)
{
    public static SequenceReport Sum(IGrouping<string, SequenceReport> reports) => new(
        reports.Key,
        reports.Sum(report => report.Cycles),
        reports.Sum(report => report.BusyHours),
        reports.Max(report => report.LongestMinutes),
        reports.Sum(report => report.IdleSynchronizations));
}
