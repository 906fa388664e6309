using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Settings;
using MimHybrid.Sandbox.Rehearsals;
using MimHybrid.Sandbox.SyncServer.Service;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// While the agent runs, guests come and go in the pretend tenant. Where a rehearsal is asked for, it is played instead, and the agent ends
/// with it: what somebody wanted to see stands last on the screen.
/// </summary>
internal sealed partial class SandboxStory(
    SandboxWorld world, LoadedSettings settings, AgentStore store, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<SandboxStory> logger) : BackgroundService
{
    /// <summary>Who approves what the rehearsal of a mass removal lets the agent hold.</summary>
    private const string Administrator = @"SANDBOX\administrator";

    /// <summary>Three times what an end waits for in the sandbox.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (settings.Rehearsal is { } rehearsal && world is { Tenant: { } tenant, SyncServer: { } server, Scenario: { } guests })
            {
                await rehearsal.PlayAsync(Stage(tenant, server, guests), stoppingToken);
                await UntilTheEndIsToldAsync(stoppingToken);
                lifetime.StopApplication();
                return;
            }

            if (settings.Sandbox.Story && world.Scenario is { } story)
                await story.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the story has no other end
        }
    }

    /// <summary>
    /// That a trouble is over is told once it has stayed away: an agent that ended before would leave that to its next start, and whoever
    /// rehearses with a channel would never see it.
    /// </summary>
    private async Task UntilTheEndIsToldAsync(CancellationToken stoppingToken)
    {
        if (!settings.Alerts.ChannelNames.Any()) return;
        for (var until = time.GetUtcNow() + LongestEnd; time.GetUtcNow() < until && IsTelling();)
            await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
    }

    private bool IsTelling() => store.Alerts.NextDue() is not null
        || store.Reader.ReadAlerts(DateTimeOffset.MaxValue).Any(alert => alert.ToldAt is not null);

    private RehearsalStage Stage(SandboxTenant tenant, SandboxSyncServer server, GuestScenario guests)
    {
        var before = 0L;
        return new RehearsalStage
        {
            Tenant = tenant,
            SyncServer = server,
            Guests = guests,
            Time = time,
            Say = act => Log.Act(logger, act),
            ApproveRemovals = () => store.Requests.ApproveRemovals(Administrator, time.GetUtcNow()) is not null,
            CycleRuns = () => store.Reader.ReadProgress() is { Outcome: CycleOutcome.Running },
            Begins = () => before = store.Reader.ReadProgress()?.Id ?? 0,
            ReadIt = () => ReadIt(before + 1, store.Reader.ReadProgress()?.Id ?? 0),
        };
    }

    private static string ReadIt(long first, long last) => (last - first) switch
    {
        < 0 => "No cycle ran in it; what the agent said is above. See mimhybrid log",
        0 => $"Its cycle is in the run log: mimhybrid log {first}",
        _ => $"Its cycles are {first} to {last} of the run log: mimhybrid log, and mimhybrid log {first} for one in full",
    };

    private static partial class Log
    {
        [LoggerMessage(4110, LogLevel.Information, "Rehearsal: {Act}")]
        public static partial void Act(ILogger logger, string act);
    }
}
