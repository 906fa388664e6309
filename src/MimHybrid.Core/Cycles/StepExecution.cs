using Microsoft.Extensions.Logging;
using MimHybrid.Core.Settings;
using MimHybrid.Core.Store;
using MimHybrid.Core.Telemetry;
using MimHybrid.Mim;
using MimHybrid.Mim.Runs;

namespace MimHybrid.Core.Cycles;

/// <summary>
/// One step from its condition to its judgement, with the guard's look before it and the retries in between. An answer ends the cycle.
/// </summary>
internal sealed partial class StepExecution(
    AgentStore store, SyncServer server, Questions questions, AgentSettings settings, TimeProvider time, ILogger logger)
{
    private readonly StepJudge judge = new(settings);
    private readonly RemovalGates gates = new(store, questions, settings);

    /// <exception cref="Mim.Cim.CimConnectionException">The sync server could not be asked whether the step is to run.</exception>
    /// <exception cref="OperationCanceledException">Stopped before the step was started, or while waiting to try it again.</exception>
    public async Task<CycleEnd?> RunAsync(CycleInProgress cycle, Step planned, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        cycle.Approach(planned);
        if (await FindReasonToSkipAsync(cycle, planned, stopping) is { } reason)
        {
            store.SkipStep(cycle.Id, cycle.Enter(planned), planned, reason);
            if (planned.Kind == StepKind.Synchronization) store.ForgetExport(planned.ManagementAgent);
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
            var (report, held) = await AttemptAsync(cycle, step, stopping);
            if (report is null) return held;

            var verdict = judge.Judge(step, report, retried, cycle.Id, stopping.IsCancellationRequested);
            if (verdict.Note is { } note) cycle.Decide(note);
            switch (verdict)
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
                    cycle.Facts.Learn(step, report);
                    gates.Passed(cycle, step);
                    Confirm(step);
                    return null;
            }
        }
    }

    /// <summary>
    /// Runs the step once, as a row of its own. No report: the removal guard held it, before its first import since more removals came in
    /// after the planner had looked, before a synchronization or an export for what MIM would carry.
    /// </summary>
    private async Task<(RunReport? Report, CycleEnd? Held)> AttemptAsync(CycleInProgress cycle, Step step, CancellationToken stopping)
    {
        var position = cycle.Enter(step);
        var firstImport = step.Kind == StepKind.Import && settings.IsGuestSource(step.ManagementAgent) && !cycle.Facts.AnyImportBegun;
        cycle.Facts.AnyImportBegun |= firstImport;
        store.BeginStep(cycle.Id, position, step, firstImport, time.GetUtcNow());
        var held = firstImport ? gates.LookBeforeFirstImport(cycle) : null;
        if (held is not null) return (null, Hold(cycle, position, step, held));

        Log.StepBegan(logger, cycle.Id, step);
        try
        {
            var request = new RunRequest(step.ManagementAgent, step.RunProfile, step.Kind == StepKind.Synchronization) { LongestRun = step.LongestRun };
            using var span = new StepSpan(step, position, time);
            var report = await server.RunAsync(request, cycle.Decide, stopping, MayStartAsync);
            if (held is not null) return (null, Hold(cycle, position, step, held));

            span.End(report);
            store.EndStep(cycle.Id, RunReportRecord.ToRecord(position, step.ManagementAgent, step.RunProfile, report));
            cycle.See(step, report);
            if (FindWhatElse(step, report) is { } finding) cycle.Find(finding);
            if (step.Kind == StepKind.Export && CycleFacts.MayHaveExported(report)) store.RecordExport(step.ManagementAgent, report.Counters.ExportedDeletes);
            Log.StepEnded(logger, cycle.Id, step, report.Result.Raw, report.RunNumber is { } number ? $" (run {number})" : "");
            return (report, null);
        }
        catch (OperationCanceledException)
        {
            store.SkipStep(cycle.Id, position, step, "the agent was stopped before MIM had started it");
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

    /// <summary>The guard goes by what the sequence says of a profile. WMI cannot tell what it does before it has run; the run's details can.</summary>
    private static string? FindWhatElse(Step step, RunReport report)
    {
        var what = step.Kind != StepKind.Export && report.Steps.Any(run => run.Exports) ? "exports"
            : step.Kind != StepKind.Synchronization && report.Steps.Any(run => run.Synchronizes) ? "synchronizes"
            : null;
        return what is null ? null : $"{step} {what} as well, and the removal guard did not look before it did, because the sequence has it as {step.Kind}. "
            + "Give each of the two a run profile of its own (an import with Stage Only), or correct its Kind under Sequences.";
    }

    private CycleEnd Hold(CycleInProgress cycle, int position, Step step, CycleEnd held)
    {
        store.SkipStep(cycle.Id, position, step, held.Failure!);
        cycle.Decide("The removal guard holds the cycle; nothing runs until somebody approves.");
        return held;
    }

    private async Task<string?> FindReasonToSkipAsync(CycleInProgress cycle, Step step, CancellationToken stopping)
    {
        var agent = step.ManagementAgent;
        return step.When switch
        {
            StepCondition.StagedOrPendingImports when !cycle.Facts.Staged(agent) =>
                (await questions.CountPendingAsync(cycle, agent, stopping)).Imports == 0 ? "nothing staged" : null,
            StepCondition.PendingExports => (await questions.CountPendingAsync(cycle, agent, stopping)).Exports == 0 ? "nothing to export" : null,
            StepCondition.SomethingExported when !store.HasExportToConfirm(step) => "nothing exported",
            _ => null,
        };
    }

    /// <summary>Whoever reads that this cycle exported nothing wonders what there is to confirm.</summary>
    private static bool ConfirmsAnEarlierCycle(CycleInProgress cycle, Step step) =>
        step is { When: StepCondition.SomethingExported, Kind: StepKind.Import } && !cycle.Facts.Exported(step.ManagementAgent);

    private void Confirm(Step step)
    {
        if (step.Kind == StepKind.Import) store.RecordConfirmed(step.ManagementAgent);
        if (step.Kind == StepKind.Synchronization) store.ForgetExport(step.ManagementAgent);
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Cycle {Cycle}: {Step} ...")]
        public static partial void StepBegan(ILogger logger, long cycle, Step step);

        [LoggerMessage(1002, LogLevel.Information, "Cycle {Cycle}: {Step}: {Result}{Run}")]
        public static partial void StepEnded(ILogger logger, long cycle, Step step, string result, string run);

        [LoggerMessage(1003, LogLevel.Information, "Cycle {Cycle}: {Step} skipped: {Reason}")]
        public static partial void StepSkipped(ILogger logger, long cycle, Step step, string reason);
    }
}
