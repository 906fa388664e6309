using MimHybrid.Core.Settings;
using MimHybrid.Core.Store;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;

namespace MimHybrid.Core.Cycles;

/// <summary>
/// Steps that a crash of the agent cut off. MIM goes on with a run whose caller is gone, so that the next cycle looks for it, waits for
/// its end and writes down what it came to.
/// </summary>
internal sealed class OutlivedRuns(AgentStore store, SyncServer server, AgentSettings settings)
{
    /// <exception cref="CimConnectionException">The sync server could not be asked; the next cycle looks again.</exception>
    public async Task SettleAsync(CycleInProgress cycle, CancellationToken stopping)
    {
        foreach (var cut in store.ReadCutOffSteps())
        {
            var step = StepOf(cut);
            cycle.Decide($"The agent ended in the middle of {step} of cycle {cut.Cycle}, and MIM goes on without it: the run is looked for in MIM's history.");
            var request = new RunRequest(cut.ManagementAgent, cut.RunProfile, step.Kind == StepKind.Synchronization) { LongestRun = step.LongestRun };
            var report = await server.RejoinAsync(request, cut.LastRunNumber, cut.StartedAt, cycle.Decide, stopping);
            if (report is null)
            {
                store.SkipStep(cut.Cycle, cut.Position, step, "the agent ended before MIM had started it");
                continue;
            }

            // It does not even stop: it stays ours, and the next cycle looks again.
            if (report.Result.Class == ResultClass.StillRunning) continue;

            if (step.Kind == StepKind.Export && CycleFacts.MayHaveExported(report)) store.RecordExport(cut.ManagementAgent, report.Counters.ExportedDeletes);
            store.EndStep(cut.Cycle, RunReportRecord.ToRecord(cut.Position, cut.ManagementAgent, cut.RunProfile, report));
        }
    }

    /// <summary>As the settings have it; one that they do not have (any more), or that stood in for another, as its name says it.</summary>
    private Step StepOf(CutOffStep cut) => settings.FindSequence(cut.Sequence)?.Steps
        .FirstOrDefault(step => step.ManagementAgent == cut.ManagementAgent && step.RunProfile == cut.RunProfile)
        ?? new StepSettings { ManagementAgent = cut.ManagementAgent, RunProfile = cut.RunProfile }.ToStep();
}
