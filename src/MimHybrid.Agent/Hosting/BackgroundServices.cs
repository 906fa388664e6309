using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MimHybrid.Agent.Hosting;

internal static class BackgroundServices
{
    /// <summary>Whether one ended by a fault. The host then ends as if all were well; Task Scheduler and the service control manager must not think so.</summary>
    public static bool HaveDied(IServiceProvider services) =>
        services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true });
}
