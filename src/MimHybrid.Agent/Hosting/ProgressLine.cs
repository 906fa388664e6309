using Microsoft.Extensions.Hosting;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Settings;
using MimHybrid.Cycles.Words;
using MimHybrid.Store;
using Spectre.Console;

namespace MimHybrid.Agent.Hosting;

/// <summary>On a terminal: one moving line below the log that says what is going on. Redirected output gets the log lines alone.</summary>
internal sealed class ProgressLine(AgentReader store, AgentSettings settings, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long the end waits for the line to go. A terminal in which somebody selects text takes nothing until that is over.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Screen.IsTerminal || !AnsiConsole.Profile.Capabilities.Interactive) return;

        var drawing = Task.Factory.StartNew(
            () => DrawAsync(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        await Task.WhenAny(drawing, Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken));
        await Task.WhenAny(drawing, Task.Delay(LongestWait, time, CancellationToken.None));
    }

    /// <summary>A decoration must not end the agent: a terminal that is gone is drawn on no more.</summary>
    private async Task DrawAsync(CancellationToken stoppingToken)
    {
        try
        {
            await AnsiConsole.Status().StartAsync("Starting", async status =>
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    status.Status(Markup.Escape(Look()));
                    await Task.Delay(Refresh, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            });
        }
        catch (Exception)
        {
            // The log lines go the same way and count what they lose.
        }
    }

    /// <summary>What cannot be read now is shown at the next look.</summary>
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
