using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Runs;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>What the steps of a cycle have done so far: the conditions of later steps look at it.</summary>
internal sealed class CycleFacts
{
    private readonly HashSet<string> staged = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> exported = new(StringComparer.OrdinalIgnoreCase);

    public bool AnyImportBegun { get; private set; }

    public bool AnyFindings { get; set; }

    /// <summary>Whether a step is the first import of the guests, which settles what the cycle carries. True once.</summary>
    public bool BeginsImport(Step step, AgentSettings settings)
    {
        var isFirst = step.Kind == StepKind.Import && settings.IsGuestSource(step.ManagementAgent) && !AnyImportBegun;
        AnyImportBegun |= isFirst;
        return isFirst;
    }

    public bool Staged(string managementAgent) => staged.Contains(managementAgent);

    public bool Exported(string managementAgent) => exported.Contains(managementAgent);

    /// <summary>
    /// Whether a run of an export sent something, failures included. One that was cut off has counters of what it came to.
    /// </summary>
    public static bool MayHaveExported(RunReport report) => report.CountersKnown
        ? report.Counters.Exported + report.Counters.ExportFailures > 0
        : !report.Result.NeverStarted;

    /// <summary>A run without counters to trust may have done something: better one step too many than a guest forgotten.</summary>
    /// <param name="step">The step as it was run.</param>
    /// <param name="report">How it ended.</param>
    /// <param name="goesOn">The cycle goes on. What an export sent, it sent however it ended.</param>
    public void Learn(Step step, RunReport report, bool goesOn)
    {
        if (step.Kind == StepKind.Export && MayHaveExported(report)) exported.Add(step.ManagementAgent);
        if (!goesOn) return;

        AnyFindings |= report.Result.Class == Mim.Results.ResultClass.Findings || report.ErrorCount > 0;
        if (step.Kind == StepKind.Import && (report.Counters.Staged > 0 || !report.CountersKnown)) staged.Add(step.ManagementAgent);
    }
}
