using Microsoft.Extensions.Logging;
using MimHybrid.Cycles.Settings;
using MimHybrid.Cycles.Telemetry;
using MimHybrid.Mim.Client;
using MimHybrid.Mim.Runs;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// One step from its condition to its judgement, with the guard's look before it and the retries in between. An answer ends the cycle.
/// </summary>
internal sealed partial class StepExecution(
    CycleStore cycles, SyncServer server, SyncServerQueries queries, AgentSettings settings, TimeProvider time, ILogger logger)
{
    private readonly StepJudge judge = new(settings);
    private readonly RemovalGates gates = new(cycles, queries, settings);
    private readonly RunRequests requests = new(settings);

    /// <exception cref="Mim.Cim.CimConnectionException">The sync server could not be asked whether the step is to run.</exception>
    /// <exception cref="OperationCanceledException">Stopped before the step was started, or while waiting to try it again.</exception>
    public async Task<CycleEnd?> RunAsync(CycleInProgress cycle, Step planned, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        cycle.Approach(planned);
        if (await FindReasonToSkipAsync(cycle, planned, stopping) is { } reason)
        {
            cycle.PassStep(planned, reason);
            Log.StepSkipped(logger, cycle.Id, planned, reason);
            return null;
        }

        if (ConfirmsAnEarlierCycle(cycle, planned))
            cycle.Decide($"What an earlier cycle exported to {planned.ManagementAgent} was never confirmed: it is confirmed now.");
        return await RunToVerdictAsync(cycle, planned, stopping);
    }

    /// <summary>Runs the step, and again or otherwise as often as the judge says.</summary>
    private async Task<CycleEnd?> RunToVerdictAsync(CycleInProgress cycle, Step step, CancellationToken stopping)
    {
        for (var retried = 0; ;)
        {
            switch (await AttemptAsync(cycle, step, retried, stopping))
            {
                case Verdict.Again again:
                    await Task.Delay(again.Wait, time, stopping);
                    retried++;
                    break;
                case Verdict.Instead instead:
                    (step, retried) = (instead.Step, 0);
                    break;
                case Verdict.End end:
                    return end.Cycle;
                default:
                    return null;
            }
        }
    }

    /// <summary>
    /// Runs the step once, as a row of its own. The removal guard may hold it: before its first import, since more removals came in after
    /// the planner had looked; before a synchronization or an export, for what MIM would carry.
    /// </summary>
    private async Task<Verdict> AttemptAsync(CycleInProgress cycle, Step step, int retried, CancellationToken stopping)
    {
        var position = cycle.Enter(step);
        var firstImport = cycle.Facts.BeginsImport(step, settings);
        cycles.BeginStep(cycle.Id, step.At(position), firstImport, time.GetUtcNow());
        var held = firstImport ? gates.LookBeforeFirstImport(cycle) : null;
        if (held is not null) return Hold(cycle, position, step, held);

        Log.StepBegan(logger, cycle.Id, step);
        try
        {
            using var span = new StepSpan(step, position, time);
            var report = await server.RunAsync(requests.Of(step), cycle.Decide, stopping, MayStartAsync);
            if (held is not null) return Hold(cycle, position, step, held);

            span.End(report);
            var verdict = judge.Judge(step, report, retried, cycle.Id, stopping.IsCancellationRequested);
            cycle.EndStep(step, position, report, verdict, FindOtherCaller(step, report) ?? FindWhatElse(step, report));
            return verdict;
        }
        catch (OperationCanceledException)
        {
            cycles.SkipStep(cycle.Id, step.At(position), "the agent was stopped before MIM had started it");
            throw;
        }

        // After the waits: the run of somebody else that was waited for may have brought deletions that nobody has looked at.
        async Task<bool> MayStartAsync(CancellationToken cancellationToken)
        {
            held = await gates.LookBeforeAsync(cycle, step, cancellationToken);
            if (held is null) cycle.BeginArrival(step);
            return held is null;
        }
    }

    /// <summary>As long as the setting is wrong, no run can be told to be ours: each counts as one that may have done anything.</summary>
    private static Finding? FindOtherCaller(Step step, RunReport report)
    {
        string Say(string who) =>
            $"MIM has the run of {step} as started by {who}, and SyncServer:Account names another account: as long as it does, "
            + "the agent cannot recognize its own runs. Correct that setting, or leave it out.";
        return report.OtherCaller is { Length: > 0 } caller ? new Finding(Say(caller), Say("somebody")) : null;
    }

    /// <summary>
    /// The guard goes by what the sequence says of a profile. WMI cannot tell what it does before it has run; the run's details can.
    /// </summary>
    private static Finding? FindWhatElse(Step step, RunReport report)
    {
        var what = step.Kind != StepKind.Export && report.Steps.Any(run => run.Exports) ? "exports"
            : step.Kind != StepKind.Synchronization && report.Steps.Any(run => run.Synchronizes) ? "synchronizes"
            : null;
        return what is null ? null : new Finding(
            $"{step} {what} as well, and the removal guard did not look before it did, because the sequence has it as {step.Kind}. "
            + "Give each of the two a run profile of its own (an import with Stage Only), or correct its Kind under Sequences.");
    }

    private Verdict.End Hold(CycleInProgress cycle, int position, Step step, CycleEnd held)
    {
        cycles.SkipStep(cycle.Id, step.At(position), held.Failure!);
        cycle.Decide("The removal guard holds the cycle; nothing runs until somebody approves.");
        return new Verdict.End(held);
    }

    private async Task<string?> FindReasonToSkipAsync(CycleInProgress cycle, Step step, CancellationToken stopping)
    {
        var managementAgent = step.ManagementAgent;
        return step.When switch
        {
            StepCondition.StagedOrPendingImports when !cycle.Facts.Staged(managementAgent) =>
                (await queries.CountPendingAsync(cycle, managementAgent, stopping)).Imports == 0 ? "nothing staged" : null,
            StepCondition.PendingExports =>
                (await queries.CountPendingAsync(cycle, managementAgent, stopping)).Exports == 0 ? "nothing to export" : null,
            StepCondition.SomethingExported when !cycles.HasExportToConfirm(managementAgent, step.Kind) => "nothing exported",
            _ => null,
        };
    }

    /// <summary>Whoever reads that this cycle exported nothing wonders what there is to confirm.</summary>
    private static bool ConfirmsAnEarlierCycle(CycleInProgress cycle, Step step) =>
        step is { When: StepCondition.SomethingExported, Kind: StepKind.Import } && !cycle.Facts.Exported(step.ManagementAgent);

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Cycle {Cycle}: {Step} ...")]
        public static partial void StepBegan(ILogger logger, long cycle, Step step);

        [LoggerMessage(1003, LogLevel.Information, "Cycle {Cycle}: {Step} skipped: {Reason}")]
        public static partial void StepSkipped(ILogger logger, long cycle, Step step, string reason);
    }
}
