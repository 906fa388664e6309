using Microsoft.Extensions.Hosting;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store;
using Spectre.Console;

namespace MimHybrid.Agent.Hosting;

/// <summary>On a terminal: one moving line below the log that says what is going on. Redirected output gets the log lines alone.</summary>
internal sealed class ProgressLine(AgentReader store, AgentSettings settings, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!AnsiConsole.Profile.Out.IsTerminal || !AnsiConsole.Profile.Capabilities.Interactive) return;

        await AnsiConsole.Status().StartAsync("Starting", async status =>
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                status.Status(Markup.Escape(Look()));
                await Task.Delay(Refresh, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
    }

    /// <summary>A decoration must not end the agent: what cannot be read now is shown at the next look.</summary>
    private string Look()
    {
        try
        {
            return ProgressText.Of(store, settings, time.GetUtcNow());
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }
}
