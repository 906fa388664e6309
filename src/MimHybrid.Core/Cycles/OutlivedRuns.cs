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
internal sealed class OutlivedRuns(AgentStore store, SyncServer server)
{
    /// <summary>Between our clock, by which the step began, and the server's, by which the run did: Kerberos allows no more.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    /// <exception cref="CimConnectionException">The sync server could not be asked; the next cycle looks again.</exception>
    public async Task SettleAsync(CycleInProgress cycle, CancellationToken stopping)
    {
        foreach (var cut in store.ReadCutOffSteps())
        {
            var step = new Step(cut.ManagementAgent, cut.RunProfile, StepKind.Import);
            if (await IsRunningAsync(cut, stopping))
                cycle.Decide($"{step} of cycle {cut.Cycle} still runs: it outlived the agent, and is waited for.");

            var request = new RunRequest(cut.ManagementAgent, cut.RunProfile, Synchronizes: false);
            var report = await server.RejoinAsync(request, cut.LastRunNumber, cut.StartedAt, stopping);
            if (report is null || report.StartedAt < cut.StartedAt - ClockSlack)
            {
                store.SkipStep(cut.Cycle, cut.Position, step, "the agent ended before MIM had started it");
                continue;
            }

            if (report.Counters.Exported > 0) store.RecordExport(cut.ManagementAgent, report.Counters.ExportedDeletes);
            store.EndStep(cut.Cycle, RunReportRecord.ToRecord(cut.Position, cut.ManagementAgent, cut.RunProfile, report));
            cycle.Decide($"{step} of cycle {cut.Cycle} outlived the agent: it ended as run {report.RunNumber} with {report.Result.Raw}.");
        }
    }

    private async Task<bool> IsRunningAsync(CutOffStep cut, CancellationToken cancellationToken) =>
        await server.ReadLastRunAsync(cut.ManagementAgent, cancellationToken) is { Status.Class: ResultClass.StillRunning } last
        && last.RunNumber > cut.LastRunNumber
        && last.RunProfile.Equals(cut.RunProfile, StringComparison.OrdinalIgnoreCase);
}
