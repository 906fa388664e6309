using Microsoft.Extensions.Hosting;
using MimHybrid.Core.Cycles;

namespace MimHybrid.Agent.Hosting;

/// <summary>Gives the loop that starts cycles to the host.</summary>
internal sealed class CycleService(CycleLoop loop) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
}
