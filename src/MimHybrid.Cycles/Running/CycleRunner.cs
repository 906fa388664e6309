using Microsoft.Extensions.Logging;
using MimHybrid.Cycles.Arrivals;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Cycles.Telemetry;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Client;
using MimHybrid.Mim.Results;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// Runs one sequence: step after step, each only under its condition, none after one that failed. Whatever happens is written to the
/// store as it happens, so that a crash leaves a log that says how far it came.
/// </summary>
public sealed partial class CycleRunner
{
    private readonly CycleStore cycles;
    private readonly AgentSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SyncServerQueries queries;
    private readonly OutlivedRuns outlived;
    private readonly StepExecution steps;
    private readonly ArrivalRetries arrivals;

    /// <summary>By sequence, the failure that was told last.</summary>
    private readonly Dictionary<string, string> told = new(StringComparer.OrdinalIgnoreCase);

    public CycleRunner(CycleStore cycles, SyncServer server, AgentSettings settings, TimeProvider time, ILogger<CycleRunner> logger)
    {
        (this.cycles, this.settings, this.time, this.logger) = (cycles, settings, time, logger);
        Server = new ServerWatch(server, cycles, time);
        queries = new SyncServerQueries(server, settings.Retries, time);
        outlived = new OutlivedRuns(cycles, server, settings);
        steps = new StepExecution(cycles, server, queries, settings, time, logger);
        arrivals = new ArrivalRetries(cycles, queries, steps, settings.Arrival, time);
    }

    /// <summary>Whether the sync server answers, while something waits after a failure.</summary>
    public ServerWatch Server { get; }

    /// <summary>Runs a cycle to its end and returns its number in the run log.</summary>
    /// <param name="run">The planner's decision.</param>
    /// <param name="span">The cycle as telemetry sees it.</param>
    /// <param name="stopping">The agent is to stop: the step in progress is let end within a limit, then stopped through MIM; no further
    /// step begins.</param>
    internal async Task<long> RunAsync(Decision.Run run, CycleSpan span, CancellationToken stopping)
    {
        var id = cycles.BeginCycle(run.ToStart(), time.GetUtcNow());
        span.Begin(id);
        Log.CycleBegan(logger, id, run.Function, run.Sequence, run.Reason);

        var end = await RunToEndAsync(id, settings.FindSequence(run.Sequence)!, stopping); // the planner has refused what does not exist
        cycles.EndCycle(id, end, time.GetUtcNow());
        span.End(end);
        LogEnd(id, run.Sequence, end);
        return id;
    }

    /// <summary>Closes the cycles that were cut off, and returns them. Only whoever holds the data folder may.</summary>
    /// <param name="why">What cut one off, for people.</param>
    public IReadOnlyList<CutOffCycle> AbandonRunningCycles(Func<CutOffCycle, string> why) =>
        cycles.AbandonRunningCycles(why, time.GetUtcNow());

    private async Task<CycleEnd> RunToEndAsync(long id, Sequence sequence, CancellationToken stopping)
    {
        var source = SourceProfiles.Of(sequence, settings);
        var cycle = new CycleInProgress(id, source, cycles, time, logger);
        try
        {
            if (sequence.IsObserved) return Observe(cycle, sequence);
            await outlived.SettleAsync(cycle, stopping);
            return await RunStepsAsync(cycle, sequence, source, stopping)
                ?? new CycleEnd(cycle.Facts.AnyFindings ? CycleOutcome.SucceededWithFindings : CycleOutcome.Succeeded)
                {
                    ConnectedGuests = source is null ? null : await queries.FindConnectorsAsync(source.ManagementAgent, stopping),
                };
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return CycleEnd.Shutdown;
        }
        catch (CimConnectionException e)
        {
            var word = ResultWords.Judge(e.Failure);
            var at = cycle.Current ?? sequence.Steps[0];
            return new CycleEnd(CycleOutcome.Failed, $"{at}: {e.Message} {word.Advice}".TrimEnd(), word.Class == ResultClass.NeedsPerson);
        }
    }

    /// <summary>
    /// Nothing is started, and nothing is asked of MIM, which somebody else drives meanwhile. The changes count as carried: whoever ends
    /// the trial begins with a Full, which brings them all.
    /// </summary>
    private CycleEnd Observe(CycleInProgress cycle, Sequence sequence)
    {
        foreach (var (position, step) in sequence.Steps.Index())
        {
            if (cycle.Facts.BeginsImport(step, settings))
                cycles.BeginStep(cycle.Id, step.At(position), firstImport: true, time.GetUtcNow());
            cycles.SkipStep(cycle.Id, step.At(position), $"observed only; it would run{WhenInWords(step.When)}");
        }

        return new CycleEnd(CycleOutcome.Succeeded);
    }

    private static string WhenInWords(StepCondition when) => when switch
    {
        StepCondition.StagedOrPendingImports => " if something is staged",
        StepCondition.PendingExports => " if exports are pending",
        StepCondition.SomethingExported => " if something was exported",
        _ => "",
    };

    /// <summary>Null: every step came to its end.</summary>
    private async Task<CycleEnd?> RunStepsAsync(
        CycleInProgress cycle, Sequence sequence, SourceProfiles? source, CancellationToken stopping)
    {
        foreach (var step in sequence.Steps)
        {
            if (await steps.RunAsync(cycle, step, stopping) is { } end) return end;

            // Before anything is exported: what is missing may still come, and then goes out with the rest.
            if (source is not null && step == source.Own.Synchronization
                && await arrivals.SettleAsync(cycle, source, stopping) is { } ended)
                return ended;
        }

        return null;
    }

    /// <summary>
    /// A failure is an error once; tries that end in the same way are told without alarm, since an outage may last for days.
    /// </summary>
    private void LogEnd(long cycle, string sequence, CycleEnd end)
    {
        var outcome = end.Outcome.ToWords();
        if (end.Failure is null)
        {
            if (told.Remove(sequence)) Log.CycleEndedWellAgain(logger, cycle, sequence, outcome);
            else Log.CycleEnded(logger, cycle, sequence, outcome);
        }
        else if (told.TryGetValue(sequence, out var before) && before == end.Failure)
        {
            Log.CycleEndedAsBefore(logger, cycle, sequence, outcome);
        }
        else
        {
            told[sequence] = end.Failure;
            Log.CycleEndedBadly(logger, cycle, sequence, outcome, end.Failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1000, LogLevel.Information, "Cycle {Cycle}: {Function} runs {Sequence}: {Reason}")]
        public static partial void CycleBegan(ILogger logger, long cycle, string function, string sequence, string reason);

        [LoggerMessage(1004, LogLevel.Information, "Cycle {Cycle}: {Sequence} {Outcome}")]
        public static partial void CycleEnded(ILogger logger, long cycle, string sequence, string outcome);

        [LoggerMessage(1009, LogLevel.Information, "Cycle {Cycle}: {Sequence} {Outcome}, the first since it failed")]
        public static partial void CycleEndedWellAgain(ILogger logger, long cycle, string sequence, string outcome);

        [LoggerMessage(1008, LogLevel.Information, "Cycle {Cycle}: {Sequence} {Outcome} as before")]
        public static partial void CycleEndedAsBefore(ILogger logger, long cycle, string sequence, string outcome);

        [LoggerMessage(1005, LogLevel.Error, "Cycle {Cycle}: {Sequence} {Outcome}. {Failure}")]
        public static partial void CycleEndedBadly(ILogger logger, long cycle, string sequence, string outcome, string failure);
    }
}
