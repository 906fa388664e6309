using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Runs;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// Steps as the sync server is asked for them. WMI does not tell what a run profile does; the sequences do, of our runs and of the same
/// profiles when others start them.
/// </summary>
internal sealed class RunRequests(AgentSettings settings)
{
    public RunRequest Of(Step step) => new(step.ManagementAgent, step.RunProfile, step.Kind == StepKind.Synchronization)
    {
        LongestRun = step.LongestRun,
        KnownToSynchronize = Synchronizes,
    };

    /// <summary>Null: no sequence has that profile.</summary>
    private bool? Synchronizes(string managementAgent, string runProfile)
    {
        var known = settings.SequenceNames
            .SelectMany(name => settings.FindSequence(name)!.Steps)
            .SelectMany(step => step.ToFullImport() is { } full ? new[] { step, full } : [step])
            .Where(step => step.ManagementAgent.Equals(managementAgent, StringComparison.OrdinalIgnoreCase)
                && step.RunProfile.Equals(runProfile, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return known.Count == 0 ? null : known.Any(step => step.Kind == StepKind.Synchronization);
    }
}
