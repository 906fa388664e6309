using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// The function with the trigger GraphDelta: polls the tenant for ever. What it finds are rows; who acts on them is not its business.
/// </summary>
internal sealed partial class GuestChangePoller(
    GraphDeltaTrigger trigger, GuestStore store, AgentSettings settings, TimeProvider time, ILogger<GuestChangePoller> logger) : BackgroundService
{
    private readonly TaskCompletionSource firstPoll = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int failures;
    private string? lastFault;

    /// <summary>Completes when the tenant was asked for the first time, whatever came of it.</summary>
    public Task FirstPoll => firstPoll.Task;

    /// <summary>What kept the last poll from its answer, for people; null when it was good.</summary>
    public string? LastFailure { get; private set; }

    private bool IsEnabled => settings.FunctionsTriggeredBy(TriggerKind.GraphDelta).Any();

    /// <summary>One poll. Answers with how long to wait before the next: never less than Graph asked for.</summary>
    public async Task<TimeSpan> PollAsync(CancellationToken cancellationToken)
    {
        var wait = await PollOnceAsync(cancellationToken);
        return wait == Timeout.InfiniteTimeSpan ? wait : Longest(wait, trigger.QuietUntil - time.GetUtcNow());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsEnabled)
        {
            Log.Disabled(logger);
            firstPoll.SetResult();
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                wait = await PollAsync(stoppingToken);
                lastFault = null;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A fault of our own, such as a full disk: nothing was committed, so nothing is lost, and the loop must live on.
                wait = BackOff(++failures);
                if (e.Message != lastFault) Log.Faulted(logger, e);
                lastFault = e.Message;
            }

            firstPoll.TrySetResult();
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TimeSpan> PollOnceAsync(CancellationToken cancellationToken)
    {
        LastFailure = null;
        if (!IsEnabled)
        {
            Log.Disabled(logger);
            return Timeout.InfiniteTimeSpan;
        }

        var interval = settings.FunctionsTriggeredBy(TriggerKind.GraphDelta).First().Value.PollInterval;
        switch (await trigger.PollAsync(cancellationToken))
        {
            case PollResult.Failed { Failure: var failure }:
                return NoteFailure(failure);
            case PollResult.Waiting waiting:
                failures = 0;
                store.RecordPollWait(waiting.Sentence, time.GetUtcNow());
                return Shortest(interval, waiting.Until - time.GetUtcNow());
            default:
                failures = 0;
                store.RecordPollSuccess(time.GetUtcNow());
                return interval;
        }
    }

    private TimeSpan NoteFailure(PollFailure failure)
    {
        failures++;
        LastFailure = failure.Sentence;
        store.RecordPollFailure(failure.Sentence, time.GetUtcNow());
        var wait = failure.NeedsPerson ? settings.Backoff.Longest : BackOff(failures);
        return Longest(wait, failure.RetryAfter ?? TimeSpan.Zero); // which may be the sign-in's or our own
    }

    /// <summary>By the moment of the failure: agents of several servers count the same failures, and would all come back together.</summary>
    private TimeSpan BackOff(int failed) => Backoff.After(settings.Backoff, failed, seed: time.GetUtcNow().Ticks);

    private static TimeSpan Shortest(TimeSpan one, TimeSpan other) => one < other ? one : other < TimeSpan.Zero ? TimeSpan.Zero : other;

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(4000, LogLevel.Warning, "No enabled function has the trigger GraphDelta: the tenant is not watched")]
        public static partial void Disabled(ILogger logger);

        [LoggerMessage(4001, LogLevel.Critical, "A poll failed that should not; nothing of it was kept, and polls go on")]
        public static partial void Faulted(ILogger logger, Exception exception);
    }
}
