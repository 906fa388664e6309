using MimHybrid.Mim.Runs;

namespace MimHybrid.Core.Cycles;

/// <summary>What the steps of a cycle have done so far: the conditions of later steps look at it.</summary>
internal sealed class CycleFacts
{
    private readonly HashSet<string> staged = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> exported = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> exportedDeletes = new(StringComparer.OrdinalIgnoreCase);

    public bool AnyImportBegun { get; set; }

    public bool AnyFindings { get; set; }

    /// <summary>How many deletions the exports of this cycle wrote to that management agent's directory.</summary>
    public long ExportedDeletes(string managementAgent) => exportedDeletes.GetValueOrDefault(managementAgent);

    public bool Staged(string managementAgent) => staged.Contains(managementAgent);

    public bool Exported(string managementAgent) => exported.Contains(managementAgent);

    /// <summary>A run without counters to trust may have done something: better one step too many than a guest forgotten.</summary>
    public void Learn(Step step, RunReport report)
    {
        AnyFindings |= report.Result.Class == Mim.Results.ResultClass.Findings || report.ErrorCount > 0;
        var counters = report.Counters;
        if (step.Kind == StepKind.Export)
            exportedDeletes[step.ManagementAgent] = ExportedDeletes(step.ManagementAgent) + counters.ExportedDeletes;

        switch (step.Kind)
        {
            case StepKind.Import when counters.Staged > 0 || !report.CountersKnown:
                staged.Add(step.ManagementAgent);
                break;
            case StepKind.Export when counters.Exported + counters.ExportFailures > 0 || !report.CountersKnown:
                exported.Add(step.ManagementAgent);
                break;
        }
    }
}
