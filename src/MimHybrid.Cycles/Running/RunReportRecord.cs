using MimHybrid.Mim.Runs;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>A run as the run log keeps it.</summary>
internal static class RunReportRecord
{
    /// <param name="step">The step that ended.</param>
    /// <param name="report">How.</param>
    /// <param name="endedWell">Whether the next step may follow.</param>
    public static StepEnd ToEnd(PlannedStep step, RunReport report, bool endedWell) => new(step, ToRecord(step, report))
    {
        EndedWell = endedWell,
        ExportedDeletes = step.Kind == StepKind.Export && CycleFacts.MayHaveExported(report) ? report.Counters.ExportedDeletes : null,
    };

    private static StepRecord ToRecord(PlannedStep step, RunReport report) => new()
    {
        Position = step.Position,
        ManagementAgent = step.ManagementAgent,
        RunProfile = step.RunProfile,
        StartedAt = report.StartedAt,
        EndedAt = report.EndedAt,
        Result = report.Result.Raw,
        Advice = report.Result.Advice,
        RunNumber = report.RunNumber,
        Counters = report.CountersKnown ? ToCounters(report.Counters) : null,
        Errors = [.. report.Errors.Select(
            error => new StepError(error.Dn, error.Type, error.Detail, error.FirstOccurred, error.RetryCount))],
        ErrorCount = report.ErrorCount,
    };

    private static StepCounters ToCounters(RunCounters counters)
    {
        var outbound = counters.Outbound.Where(target => target.Value.Values.Count > 0).ToList();
        return new StepCounters
        {
            Discovery = ToGroup(counters.Discovery),
            Staging = ToGroup(counters.Staging),
            Inbound = ToGroup(counters.Inbound),
            Outbound = outbound.Count == 0 ? null : new(outbound.Select(target => KeyValuePair.Create(target.Key, ToGroup(target.Value)!))),
            Export = ToGroup(counters.Export),
        };
    }

    private static OrderedDictionary<string, long>? ToGroup(CounterGroup group) => group.Values.Count == 0 ? null : new(group.Values);
}
