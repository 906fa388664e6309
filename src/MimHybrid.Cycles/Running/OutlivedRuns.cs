using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Client;
using MimHybrid.Mim.Results;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// Steps that a crash of the agent cut off. MIM goes on with a run whose caller is gone, so that the next cycle looks for it, waits for
/// its end and writes down what it came to.
/// </summary>
internal sealed class OutlivedRuns(CycleStore cycles, SyncServer server, AgentSettings settings)
{
    private readonly StepJudge judge = new(settings);
    private readonly RunRequests requests = new(settings);

    /// <exception cref="CimConnectionException">The sync server could not be asked; the next cycle looks again.</exception>
    public async Task SettleAsync(CycleInProgress cycle, CancellationToken stopping)
    {
        foreach (var cut in cycles.ReadCutOffSteps())
        {
            var step = StepOf(cut);
            cycle.Decide(
                $"{step} of cycle {cut.Cycle} was cut off in the middle, and MIM goes on without the agent: "
                + "the run is looked for in MIM's history.");
            var report = await server.RejoinAsync(requests.Of(step), cut.LastRunNumber, cut.StartedAt, cycle.Decide, stopping);
            if (report is null)
            {
                cycles.SkipStep(cut.Cycle, step.At(cut.Position), "it was cut off before MIM had started it");
                continue;
            }

            // It does not even stop: it stays ours, and the next cycle looks again.
            if (report.Result.Class == ResultClass.StillRunning) continue;

            // Nobody goes on from here, so that the verdict's own words (to wait, to try again) are not said.
            var endedWell = judge.Judge(step, report, retried: 0, cut.Cycle, shuttingDown: false) is Verdict.GoOn;
            cycle.EndCutOffStep(cut.Cycle, RunReportRecord.ToEnd(step.At(cut.Position), report, endedWell));
        }
    }

    /// <summary>As the settings have it; one that they do not have (any more), or that stood in for another, as its name says it.</summary>
    private Step StepOf(CutOffStep cut) => settings.FindSequence(cut.Sequence)?.Steps
        .FirstOrDefault(step => step.ManagementAgent == cut.ManagementAgent && step.RunProfile == cut.RunProfile)
        ?? new StepSettings { ManagementAgent = cut.ManagementAgent, RunProfile = cut.RunProfile }.ToStep();
}
