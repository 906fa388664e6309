using Microsoft.Extensions.Logging;
using MimHybrid.Core.Planning;
using MimHybrid.Core.RunLog;
using MimHybrid.Core.Settings;
using MimHybrid.Core.Store;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;

namespace MimHybrid.Core.Cycles;

/// <summary>
/// Runs one sequence: step after step, each only under its condition, none after one that failed. Whatever happens is written to the
/// store as it happens, so that a crash leaves a log that says how far it came.
/// </summary>
public sealed partial class CycleRunner(
    AgentStore store, SyncServer server, AgentSettings settings, TimeProvider time, ILogger<CycleRunner> logger)
{
    private readonly RemovalGuard guard = new(settings.RemovalGuard);

    /// <summary>Runs a cycle to its end and answers with what the run log now says of it.</summary>
    /// <param name="run">The planner's decision.</param>
    /// <param name="stopping">The agent is to stop: the step in progress is let end within a limit, then stopped through MIM; no further step begins.</param>
    public async Task<CycleRecord> RunAsync(Decision.Run run, CancellationToken stopping)
    {
        var sequence = settings.FindSequence(run.Sequence)
            ?? throw new ArgumentException($"There is no sequence '{run.Sequence}'.", nameof(run));
        var cycle = store.BeginCycle(run, time.GetUtcNow());
        Log.CycleBegan(logger, cycle, run.Function, sequence.Name, run.Reason);

        var end = await RunStepsAsync(cycle, sequence, stopping);
        store.EndCycle(cycle, end, time.GetUtcNow());
        LogEnd(cycle, sequence, end);
        return store.ReadCycle(cycle)!;
    }

    private async Task<CycleEnd> RunStepsAsync(long cycle, Sequence sequence, CancellationToken stopping)
    {
        var facts = new CycleFacts();
        var position = 0;
        foreach (var planned in sequence.Steps)
        {
            if (stopping.IsCancellationRequested) return Shutdown;
            try
            {
                if (await FindReasonToSkipAsync(planned, facts, stopping) is { } reason)
                {
                    store.SkipStep(cycle, ++position, planned, reason);
                    Log.StepSkipped(logger, cycle, planned, reason);
                    continue;
                }

                if (planned.Kind == StepKind.Export && await FindHeldDeletesAsync(cycle, planned, stopping) is { } held)
                {
                    store.SkipStep(cycle, ++position, planned, held.Failure!);
                    return held;
                }

                foreach (var step in Attempts(planned))
                {
                    var report = await RunStepAsync(cycle, ++position, step, facts, stopping);
                    if (report is null) return HeldBeforeImport(cycle);
                    if (report.Result.Class == ResultClass.RunFullImport && step.FullImport is not null) continue;
                    if (Judge(step, report, stopping) is { } failure) return failure;
                    facts.Learn(step, report);
                    break;
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return Shutdown;
            }
            catch (CimConnectionException e)
            {
                var word = ResultWords.Judge(e.Failure);
                return new CycleEnd(CycleOutcome.Failed, $"{planned}: {e.Message} {word.Advice}".TrimEnd(), word.Class == ResultClass.NeedsPerson);
            }
        }

        return new CycleEnd(facts.AnyFindings ? CycleOutcome.SucceededWithFindings : CycleOutcome.Succeeded);
    }

    /// <summary>The step itself, and for an import that MIM wants full, the full one: once.</summary>
    private static IEnumerable<Step> Attempts(Step step)
    {
        yield return step;
        if (step.FullImport is { } full) yield return step with { RunProfile = full, FullImport = null };
    }

    /// <summary>Runs one step. Null: the removal guard held it, since more removals came in after the planner had looked.</summary>
    private async Task<RunReport?> RunStepAsync(long cycle, int position, Step step, CycleFacts facts, CancellationToken stopping)
    {
        var firstImport = step.Kind == StepKind.Import && !facts.AnyImportBegun;
        facts.AnyImportBegun |= firstImport;
        store.BeginStep(cycle, position, step, firstImport, time.GetUtcNow());
        if (firstImport && !RemovalsAllowed(cycle))
        {
            store.SkipStep(cycle, position, step, "the removal guard holds this cycle");
            return null;
        }

        Log.StepBegan(logger, cycle, step);
        try
        {
            var report = await server.RunAsync(new RunRequest(step.ManagementAgent, step.RunProfile, step.Kind == StepKind.Synchronization), stopping);
            store.EndStep(cycle, ToRecord(position, step, report));
            Log.StepEnded(logger, cycle, step, report.Result.Raw, report.RunNumber);
            return report;
        }
        catch (OperationCanceledException)
        {
            store.SkipStep(cycle, position, step, "the agent was stopped before MIM had started it");
            throw;
        }
    }

    private async Task<string?> FindReasonToSkipAsync(Step step, CycleFacts facts, CancellationToken cancellationToken)
    {
        var agent = step.ManagementAgent;
        return step.When switch
        {
            StepCondition.StagedOrPendingImports when !facts.Staged(agent) =>
                (await server.CountPendingAsync(agent, cancellationToken)).Imports == 0 ? "nothing staged" : null,
            StepCondition.PendingExports => (await server.CountPendingAsync(agent, cancellationToken)).Exports == 0 ? "nothing to export" : null,
            StepCondition.SomethingExported when !facts.Exported(agent) => "nothing exported",
            _ => null,
        };
    }

    /// <summary>Why the cycle ends with this step; null when it goes on.</summary>
    private CycleEnd? Judge(Step step, RunReport report, CancellationToken stopping)
    {
        var word = report.Result;
        var said = $"{step}: {word.Raw}. {word.Advice}".TrimEnd();
        if (report.StoppedByDeadline) return new(CycleOutcome.Failed, $"{step} ran longer than SyncServer:LongestRun allows and was stopped ({word.Raw}).");

        return word.Class switch
        {
            ResultClass.Findings when step.Kind == StepKind.Import && word.ImportIncomplete && !settings.SynchronizeIncompleteImports =>
                new(CycleOutcome.Failed, $"{said} No synchronization followed, because removals cannot be trusted (SynchronizeIncompleteImports allows it).", NeedsPerson: true),
            ResultClass.Success or ResultClass.Findings => null,
            ResultClass.StoppedByPerson when stopping.IsCancellationRequested => Shutdown,
            ResultClass.StoppedByPerson => new(CycleOutcome.Stopped, said),
            ResultClass.StillRunning or ResultClass.TryAgain => new(CycleOutcome.Failed, said),
            _ => new(CycleOutcome.Failed, said, NeedsPerson: true),
        };
    }

    /// <summary>The guard's look before the import: exact, because Graph named every removal.</summary>
    private bool RemovalsAllowed(long cycle)
    {
        var unapproved = store.CountRemovals(cycle) - store.CountApprovedRemovals(cycle);
        return guard.Allows(unapproved, store.CountLiveGuests());
    }

    /// <summary>The guard's look before the export: deletions that MIM would write to the directory, whatever they came from.</summary>
    private async Task<CycleEnd?> FindHeldDeletesAsync(long cycle, Step step, CancellationToken cancellationToken)
    {
        var deletes = (await server.CountPendingAsync(step.ManagementAgent, cancellationToken)).ExportDeletes;
        var approved = Math.Max(store.CountApprovedExportDeletes(), store.CountApprovedRemovals(cycle));
        if (deletes <= approved || guard.Allows(deletes, store.CountLiveGuests())) return null;

        return new CycleEnd(CycleOutcome.Stopped,
            $"the removal guard holds {step}: {deletes} deletions wait for export, more than it allows ({guard}). Approve them with: mimhybrid approve removals",
            NeedsPerson: true, HeldDeletes: deletes);
    }

    private static CycleEnd HeldBeforeImport(long cycle) =>
        new(CycleOutcome.Stopped, $"the removal guard held cycle {cycle} before its first import: more removals had come in.");

    private static CycleEnd Shutdown => new(CycleOutcome.Stopped);

    private static StepRecord ToRecord(int position, Step step, RunReport report) => new()
    {
        Position = position,
        ManagementAgent = step.ManagementAgent,
        RunProfile = step.RunProfile,
        StartedAt = report.StartedAt,
        EndedAt = report.EndedAt,
        Result = report.Result.Raw,
        Advice = report.Result.Advice,
        RunNumber = report.RunNumber,
        Counters = RunReportJson.Counters(report),
        Errors = RunReportJson.Errors(report),
        ErrorCount = report.ErrorCount,
    };

    private void LogEnd(long cycle, Sequence sequence, CycleEnd end)
    {
        if (end.Failure is null) Log.CycleEnded(logger, cycle, sequence.Name, end.Outcome);
        else Log.CycleEndedBadly(logger, cycle, sequence.Name, end.Outcome, end.Failure);
    }

    private static partial class Log
    {
        [LoggerMessage(1000, LogLevel.Information, "Cycle {Cycle}: {Function} runs {Sequence}: {Reason}")]
        public static partial void CycleBegan(ILogger logger, long cycle, string function, string sequence, string reason);

        [LoggerMessage(1001, LogLevel.Information, "Cycle {Cycle}: {Step} ...")]
        public static partial void StepBegan(ILogger logger, long cycle, Step step);

        [LoggerMessage(1002, LogLevel.Information, "Cycle {Cycle}: {Step}: {Result} (run {RunNumber})")]
        public static partial void StepEnded(ILogger logger, long cycle, Step step, string result, int? runNumber);

        [LoggerMessage(1003, LogLevel.Information, "Cycle {Cycle}: {Step} skipped: {Reason}")]
        public static partial void StepSkipped(ILogger logger, long cycle, Step step, string reason);

        [LoggerMessage(1004, LogLevel.Information, "Cycle {Cycle}: {Sequence} {Outcome}")]
        public static partial void CycleEnded(ILogger logger, long cycle, string sequence, CycleOutcome outcome);

        [LoggerMessage(1005, LogLevel.Error, "Cycle {Cycle}: {Sequence} {Outcome}. {Failure}")]
        public static partial void CycleEndedBadly(ILogger logger, long cycle, string sequence, CycleOutcome outcome, string failure);
    }
}
