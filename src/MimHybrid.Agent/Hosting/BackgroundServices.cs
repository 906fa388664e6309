using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MimHybrid.Mim;

namespace MimHybrid.Agent.Hosting;

internal static class BackgroundServices
{
    /// <summary>
    /// Whether one ended by a fault. The host then ends as if all were well; Task Scheduler and the service control manager must not think
    /// so.
    /// </summary>
    public static bool HaveDied(IServiceProvider services) => Running(services).Any(task => task is { IsFaulted: true });

    /// <summary>A step may end by itself, then MIM is asked to stop it, then its result is looked up: the host waits for it.</summary>
    public static TimeSpan LongestShutdown(SyncServerSettings settings) =>
        (settings.StopGrace * 3) + settings.LookupDeadline + TimeSpan.FromSeconds(30);

    /// <summary>Ends when the first of them ends by a fault; asked once all have been started.</summary>
    public static Task WhenOneDies(IServiceProvider services)
    {
        var died = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var task in Running(services))
            _ = task.ContinueWith(
                _ => died.TrySetResult(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return died.Task;
    }

    private static IEnumerable<Task> Running(IServiceProvider services) =>
        services.GetServices<IHostedService>().OfType<BackgroundService>().Select(service => service.ExecuteTask).OfType<Task>();
}
