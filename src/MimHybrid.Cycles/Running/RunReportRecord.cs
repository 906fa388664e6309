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
        Refusals = step.Kind == StepKind.Export && !report.Result.NeverStarted
            ? new ExportRefusals(CountRefused(report), [.. Refused(report).Select(ToError)], IsWhole: endedWell)
            : null,
    };

    /// <summary>
    /// The counter is of all, the list of the first. Where neither is known, MIM's word says that there was one at least.
    /// </summary>
    private static long CountRefused(RunReport report) => Math.Max(
        report.Counters.ExportFailures,
        Math.Max(Refused(report).Count(), report.Result.ObjectsRefused ? 1 : 0));

    private static IEnumerable<RunError> Refused(RunReport report) => report.Errors.Where(error => error.Kind == RunErrorKind.Export);

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
        Errors = [.. report.Errors.Select(ToError)],
        ErrorCount = report.ErrorCount,
        Refused = step.Kind == StepKind.Export ? CountRefused(report) : 0,
    };

    private static StepError ToError(RunError error) => new(error.Dn, error.Type, error.Detail, error.FirstOccurred, error.RetryCount);

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
