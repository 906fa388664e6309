using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Settings;
using MimHybrid.Sandbox.Rehearsals;
using MimHybrid.Sandbox.SyncServer.Service;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Hosting;

/// <summary>While the agent runs, guests come and go in the pretend tenant; first, where one is asked for, a rehearsal is played.</summary>
internal sealed partial class SandboxStory(
    SandboxWorld world, LoadedSettings settings, AgentReader reader, RequestStore requests, TimeProvider time,
    ILogger<SandboxStory> logger) : BackgroundService
{
    /// <summary>Who approves what the rehearsal of a mass removal lets the agent hold.</summary>
    private const string Administrator = @"SANDBOX\administrator";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (settings.Rehearsal is { } rehearsal && world is { Tenant: { } tenant, SyncServer: { } server, Scenario: { } guests })
                await rehearsal.PlayAsync(Stage(tenant, server, guests), stoppingToken);
            if (settings.Sandbox.Story && world.Scenario is { } story)
                await story.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the story has no other end
        }
    }

    private RehearsalStage Stage(SandboxTenant tenant, SandboxSyncServer server, GuestScenario guests) => new()
    {
        Tenant = tenant,
        SyncServer = server,
        Guests = guests,
        Time = time,
        Report = act => Log.Act(logger, act),
        ApproveRemovals = () => requests.ApproveRemovals(Administrator, time.GetUtcNow()) is not null,
        CycleRuns = () => reader.ReadProgress() is { Outcome: CycleOutcome.Running },
    };

    private static partial class Log
    {
        [LoggerMessage(4110, LogLevel.Information, "Rehearsal: {Act}")]
        public static partial void Act(ILogger logger, string act);
    }
}
