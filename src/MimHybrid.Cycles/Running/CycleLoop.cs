using Microsoft.Extensions.Logging;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Telemetry;
using MimHybrid.Store;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// The only place that starts cycles while an agent runs: ask the planner, obey, and sleep until the answer can be another one. One
/// loop, one cycle at a time; that is why nothing here is locked.
/// </summary>
public sealed partial class CycleLoop(
    CycleDecider decider, CycleRunner runner, AgentReader reader, RequestStore requests, TimeProvider time, ILogger<CycleLoop> logger)
{
    /// <summary>
    /// How often the store is asked whether anybody wrote, where no commit wakes the loop before: what a process that could not ring wrote
    /// waits no longer than this. The question costs 8 µs of the processor; being woken for it 0.2 to 0.8 ms, which at two looks a second
    /// was most of what an idle agent cost.
    /// </summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>The pause after a fault of our own, such as a full disk. Nothing is started meanwhile.</summary>
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What the run log says of a cycle that has ended, also of one that a crash had cut off. Whoever listens must not throw.
    /// </summary>
    public event EventHandler<CycleEndedEventArgs>? CycleEnded;

    /// <summary>
    /// Runs until stopped. A fault does not end it: the agent has to be there when the disk has room again. A damaged store does: only a
    /// start puts the file aside, and the process that ends with it is started anew.
    /// </summary>
    /// <param name="whenIdle">
    /// What is done on the sync server while no cycle runs and none is in sight; the next decision waits for it. True: it has more to do,
    /// and is asked again at once if still no cycle is in sight.
    /// </param>
    /// <param name="stopping">The agent is to stop, now: a cycle in progress is cut short.</param>
    /// <returns>Who asked for the end between two cycles; null when the token did.</returns>
    public async Task<StopRequest?> RunAsync(Func<CancellationToken, Task<bool>> whenIdle, CancellationToken stopping)
    {
        Exception? fault = null;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (fault is not null) AbandonRunningCycles(fault);
                fault = null;
                if (await TurnAsync(whenIdle, stopping) is { } request) return request;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception e) when (e is not StoreException { IsDamage: true })
            {
                fault = e;
                LogFault(e);
                decider.Beat();
                await Task.Delay(AfterFault, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    /// <summary>Closes what the end of an agent cut off. Only whoever holds the data folder may.</summary>
    public void AbandonRunningCycles()
    {
        foreach (var cut in runner.AbandonRunningCycles(cut => $"The agent ended during this cycle{cut.Pending}."))
        {
            Log.Abandoned(logger, cut.Id, cut.Pending);
            Tell(cut.Id);
        }
    }

    /// <summary>Closes what a fault of the agent's own cut off: it has not ended, and must not be said to have.</summary>
    private void AbandonRunningCycles(Exception fault)
    {
        foreach (var cut in runner.AbandonRunningCycles(cut => $"The agent could not go on with this cycle{cut.Pending}. {fault.Message}"))
        {
            Log.Interrupted(logger, cut.Id, cut.Pending);
            Tell(cut.Id);
        }
    }

    private void LogFault(Exception fault)
    {
        if (fault is StoreException { IsPassing: true }) Log.StoreBusy(logger, fault.Message, AfterFault);
        else if (fault is StoreException) Log.StoreFaulted(logger, fault.Message, AfterFault);
        else Log.Faulted(logger, fault, AfterFault);
    }

    /// <summary>Runs a cycle and notes beside it what the planner decided afterwards.</summary>
    public async Task<CycleRecord> RunCycleAsync(Decision.Run run, CancellationToken stopping)
    {
        decider.Beat();
        using var span = new CycleSpan(run, time);
        var cycle = await BeatWhileAsync(runner.RunAsync(run, span, stopping));
        decider.DecideAfter(cycle);
        var record = Tell(cycle);
        ProvisioningTimes.Record(record);
        return record;
    }

    /// <summary>
    /// Signs of life while a cycle runs, from beside it: one step may wait for MIM for half a day, and each of its waits has a deadline of
    /// its own. So a sign says that this process lives, can write, and is in a cycle; how long the step has run stands in its row.
    /// </summary>
    private async Task<long> BeatWhileAsync(Task<long> running)
    {
        using var beats = new PeriodicTimer(Heartbeat.Interval, time);
        while (await Task.WhenAny(running, beats.WaitForNextTickAsync(CancellationToken.None).AsTask()) != running) decider.Beat();
        return await running;
    }

    private CycleRecord Tell(long cycle)
    {
        var record = reader.ReadCycle(cycle)!;
        CycleEnded?.Invoke(this, new CycleEndedEventArgs(record));
        return record;
    }

    /// <summary>One turn: look, decide, obey, and sleep until a row or the clock can change the answer.</summary>
    private async Task<StopRequest?> TurnAsync(Func<CancellationToken, Task<bool>> whenIdle, CancellationToken stopping)
    {
        decider.Beat(); // before the version is read: what is written from here on wakes the sleep
        var version = reader.Version();
        if (requests.ReadStopRequest() is { } request)
        {
            Log.StopRequested(logger, request.RequestedBy);
            return request;
        }

        switch (decider.Decide())
        {
            case Decision.Run run:
                await RunCycleAsync(run, stopping);
                break;
            case Decision.Wait wait:
                if (wait.Cause == WaitCause.Idle && await whenIdle(stopping)) break;
                var look = wait.Cause == WaitCause.Backoff ? await runner.Server.LookAsync(stopping) : wait.Until;
                await SleepAsync(look < wait.Until ? look : wait.Until, version, stopping);
                break;
            case Decision.Hold hold:
                await SleepAsync(hold.RetryAt ?? DateTimeOffset.MaxValue, version, stopping);
                break;
        }

        return null;
    }

    private async Task SleepAsync(DateTimeOffset until, long version, CancellationToken stopping)
    {
        while (true)
        {
            var commit = reader.NextCommit; // before the version: what is committed in between ends the wait
            var now = time.GetUtcNow();
            var left = until - now;
            if (reader.Version() != version || decider.IsBeatDue(now) || left <= TimeSpan.Zero) return;

            await commit.WaitAsync(left < Look ? left : Look, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopping.ThrowIfCancellationRequested();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1023, LogLevel.Warning, "Cycle {Cycle} was cut off when the agent ended{Pending}")]
        public static partial void Abandoned(ILogger logger, long cycle, string pending);

        [LoggerMessage(1028, LogLevel.Warning, "Cycle {Cycle} was cut off by a fault{Pending}")]
        public static partial void Interrupted(ILogger logger, long cycle, string pending);

        [LoggerMessage(1029, LogLevel.Warning, "{Reason} Nothing is started for {Pause}; then the agent tries again")]
        public static partial void StoreBusy(ILogger logger, string reason, TimeSpan pause);

        [LoggerMessage(1030, LogLevel.Error, "{Reason} Nothing is started for {Pause}")]
        public static partial void StoreFaulted(ILogger logger, string reason, TimeSpan pause);

        [LoggerMessage(1024, LogLevel.Critical, "Something failed unexpectedly; nothing is started for {Pause}")]
        public static partial void Faulted(ILogger logger, Exception exception, TimeSpan pause);

        [LoggerMessage(1025, LogLevel.Information, "{Account} asked the agent to end; no cycle is in progress")]
        public static partial void StopRequested(ILogger logger, string account);
    }
}
