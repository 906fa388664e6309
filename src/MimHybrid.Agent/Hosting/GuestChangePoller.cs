using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph;
using MimHybrid.Graph.Polling;
using MimHybrid.Store;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// The function with the trigger GraphDelta: polls the tenant for ever. What it finds are rows; who acts on them is not its business.
/// </summary>
internal sealed partial class GuestChangePoller(
    GraphDeltaTrigger trigger, GuestStore store, AgentSettings settings, TimeProvider time,
    ILogger<GuestChangePoller> logger) : BackgroundService
{
    private readonly TaskCompletionSource firstPoll = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int failures;
    private string? lastFault;

    /// <summary>Whether a loop polls on after each poll, as its signs of life say; a single round promises nothing.</summary>
    private bool pollsOn;

    /// <summary>Completes when the tenant was asked for the first time, whatever came of it.</summary>
    public Task FirstPoll => firstPoll.Task;

    /// <summary>What kept the last poll from its answer, for people; null when it was good.</summary>
    public string? LastFailure { get; private set; }

    private TimeSpan Interval => settings.FunctionsTriggeredBy(TriggerKind.GraphDelta).First().Settings.PollInterval;

    private bool IsEnabled => settings.FunctionsTriggeredBy(TriggerKind.GraphDelta).Any();

    /// <summary>One poll. Returns how long to wait before the next: never less than Graph asked for.</summary>
    public async Task<TimeSpan> PollAsync(CancellationToken cancellationToken)
    {
        LastFailure = null;
        if (!IsEnabled)
        {
            Log.Disabled(logger);
            return Timeout.InfiniteTimeSpan;
        }

        var result = await trigger.PollAsync(cancellationToken);
        var now = time.GetUtcNow();
        failures = result is PollResult.Failed ? failures + 1 : 0;
        var wait = Longest(WaitAfter(result, now), trigger.QuietUntil - now);
        Record(result, now, pollsOn ? now + wait : null);
        return wait;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsEnabled)
        {
            Log.Disabled(logger);
            firstPoll.SetResult();
            return;
        }

        pollsOn = true;
        Beat(Heartbeat.Interval);
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                wait = await BeatWhileAsync(PollAsync(stoppingToken));
                lastFault = null;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not StoreException { IsDamage: true })
            {
                // A fault of our own, such as a full disk: nothing was committed, so nothing is lost, and the loop must live on. A damaged
                // store ends it, and the agent with it: only the next start puts the file aside.
                wait = BackOff(++failures);
                if (e.Message != lastFault) LogFault(e);
                lastFault = e.Message;
                Beat(wait);
            }

            firstPoll.TrySetResult();
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Written down with what came of it, in one transaction: an idle poll costs one.</summary>
    private void Record(PollResult result, DateTimeOffset now, DateTimeOffset? next)
    {
        switch (result)
        {
            case PollResult.Failed { Failure: var failure }:
                LastFailure = failure.Sentence;
                store.RecordPollFailure(failure.Sentence, now, next);
                break;
            case PollResult.Waiting waiting:
                store.RecordPollWait(waiting.Sentence, now, next);
                break;
            default:
                store.RecordPollSuccess(now, next);
                break;
        }
    }

    private TimeSpan WaitAfter(PollResult result, DateTimeOffset now)
    {
        switch (result)
        {
            case PollResult.Failed { Failure: var failure }:
                var wait = failure.NeedsPerson ? Backoff.ForPerson(settings) : BackOff(failures);
                return Longest(wait, failure.RetryAfter ?? TimeSpan.Zero); // which may be the sign-in's or our own
            case PollResult.Waiting waiting:
                return Shortest(Interval, waiting.Until - now);
            default:
                return Interval;
        }
    }

    /// <summary>
    /// Signs of life while a poll lasts: reading a large tenant takes half an hour, and each of its requests has a deadline of its own.
    /// </summary>
    private async Task<TimeSpan> BeatWhileAsync(Task<TimeSpan> polling)
    {
        using var ended = new CancellationTokenSource();
        while (await Task.WhenAny(polling, Task.Delay(Heartbeat.Interval, time, ended.Token)) != polling) Beat(Heartbeat.Interval);
        await ended.CancelAsync();
        return await polling;
    }

    /// <summary>What the store says of itself is a sentence with the next step; anything else is a fault of ours.</summary>
    private void LogFault(Exception fault)
    {
        if (fault is StoreException { IsPassing: true }) Log.StoreBusy(logger, fault.Message);
        else if (fault is StoreException) Log.StoreFaulted(logger, fault.Message);
        else Log.Faulted(logger, fault);
    }

    private void Beat(TimeSpan next)
    {
        try
        {
            var now = time.GetUtcNow();
            store.Beat(now, now + next);
        }
        catch (Exception)
        {
            // The poll itself meets the same, and tells it. A sign that is missing says it to others.
        }
    }

    /// <summary>
    /// By the moment of the failure: agents of several servers count the same failures, and would all come back together.
    /// </summary>
    private TimeSpan BackOff(int failed) => Backoff.AfterPolls(settings, Interval, failed, seed: time.GetUtcNow().Ticks);

    private static TimeSpan Shortest(TimeSpan one, TimeSpan other) => one < other ? one : other < TimeSpan.Zero ? TimeSpan.Zero : other;

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(4000, LogLevel.Warning, "No enabled function has the trigger GraphDelta: the tenant is not watched")]
        public static partial void Disabled(ILogger logger);

        [LoggerMessage(4002, LogLevel.Warning, "A poll was not kept: {Reason} The next poll tries again")]
        public static partial void StoreBusy(ILogger logger, string reason);

        [LoggerMessage(4003, LogLevel.Error, "A poll was not kept: {Reason}")]
        public static partial void StoreFaulted(ILogger logger, string reason);

        [LoggerMessage(4001, LogLevel.Critical, "A poll failed unexpectedly; nothing of it was kept, and polling goes on")]
        public static partial void Faulted(ILogger logger, Exception exception);
    }
}
