using Microsoft.Extensions.Hosting;

namespace MimHybrid.Agent.Hosting;

/// <summary>While the agent runs, guests come and go in the pretend tenant.</summary>
internal sealed class SandboxStory(SandboxWorld world) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (world.Scenario is not { } scenario) return;
        try
        {
            await scenario.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the story has no other end
        }
    }
}
