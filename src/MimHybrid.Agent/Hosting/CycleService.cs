using Microsoft.Extensions.Hosting;
using MimHybrid.Cycles.Running;
using MimHybrid.Cycles.Upkeep;

namespace MimHybrid.Agent.Hosting;

/// <summary>Gives the loop that starts cycles to the host, and ends the host when the loop was asked to end.</summary>
internal sealed class CycleService(
    CycleLoop loop, RunHistoryCleaner cleaner, RunLogTrimmer trimmer, GuestChangePoller poller, IHostApplicationLifetime host,
    TimeProvider time) : BackgroundService
{
    /// <summary>
    /// How long the first poll may keep the first decision waiting: a cycle that begins a moment before it would not carry what it finds
    /// and a second one would run for nothing. Reading a large tenant takes longer, and a tenant that is away must not stop the fallback.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private bool hasRun;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        loop.CycleEnded += (_, _) => hasRun = true;
        await Task.WhenAny(poller.FirstPoll, Task.Delay(LongestWait, time, stoppingToken));
        if (await loop.RunAsync(CleanUpIfDueAsync, stoppingToken) is not null) host.StopApplication();
    }

    /// <summary>MIM's old runs and our own old cycles: what would grow for years.</summary>
    private Task<bool> CleanUpIfDueAsync(CancellationToken cancellationToken)
    {
        trimmer.TrimIfDue();
        if (hasRun) GiveMemoryBack();
        return cleaner.CleanIfDueAsync(cancellationToken);
    }

    /// <summary>
    /// After a cycle the agent waits, mostly for most of an hour. What the cycle left behind would stay for as long: the collector comes
    /// when somebody needs room, and nobody does. It takes two to four milliseconds.
    /// </summary>
    private void GiveMemoryBack()
    {
        hasRun = false;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }
}
