using Microsoft.Extensions.Logging;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// Waits until nobody else's run is in the way: none on the management agent itself and, before a synchronization, none on any agent of the
/// server (reference/mim-sync-engine.md 3).
/// </summary>
internal sealed partial class IdleWait(Provider provider, SyncServerSettings settings, TimeProvider time, ILogger logger)
{
    /// <returns>False if somebody else's run outlasted the deadline.</returns>
    public async Task<bool> WaitAsync(RunRequest request, Deadline deadline, CancellationToken cancellationToken)
    {
        var waitedFor = "";
        while (await FindBusyAsync(request, cancellationToken) is { } busy)
        {
            if (deadline.Passed)
            {
                Log.GaveUp(logger, busy, request.ManagementAgent);
                return false;
            }

            if (busy != waitedFor)
                await LogWhoAsync(busy, request, cancellationToken);

            waitedFor = busy;
            await Task.Delay(settings.PollInterval, time, cancellationToken);
        }

        if (waitedFor.Length > 0)
            Log.Over(logger, waitedFor, request.ManagementAgent);
        return true;
    }

    private async Task<string?> FindBusyAsync(RunRequest request, CancellationToken cancellationToken)
    {
        if (!request.Synchronizes)
            return await IsBusyAsync(request.ManagementAgent, cancellationToken) ? request.ManagementAgent : null;

        // Listed afresh at each look: agents are created and deleted while we wait.
        foreach (var agent in await MiisManagementAgent.ListAsync(provider, cancellationToken))
        {
            if (await IsThereAndBusyAsync(agent.Name, cancellationToken))
                return agent.Name;
        }

        return null;
    }

    private async Task<bool> IsThereAndBusyAsync(string managementAgent, CancellationToken cancellationToken)
    {
        try
        {
            return await IsBusyAsync(managementAgent, cancellationToken);
        }
        catch (CimConnectionException exception) when (exception.Failure == CimFailure.NotFound)
        {
            // Deleted since it was listed: what is gone does not run.
            return false;
        }
    }

    private async Task<bool> IsBusyAsync(string managementAgent, CancellationToken cancellationToken)
    {
        var status = await new MiisManagementAgent(provider, managementAgent).ReadStatusAsync(cancellationToken);
        return ResultWords.Judge(status).Class == ResultClass.StillRunning;
    }

    private async Task LogWhoAsync(string busy, RunRequest request, CancellationToken cancellationToken)
    {
        var agent = new MiisManagementAgent(provider, busy);
        try
        {
            var runProfile = await agent.ReadRunProfileAsync(cancellationToken);
            var since = await agent.ReadRunStartAsync(cancellationToken);
            // What the details of a running run hold was never seen on a real server (8.5): the caller may be missing.
            var caller = RunDetailsParser.Parse(await agent.ReadRunDetailsAsync(cancellationToken), errorsKept: 0).Caller;
            Log.Waiting(logger, request.ManagementAgent, busy, runProfile, caller.Length > 0 ? caller : "somebody", since);
        }
        catch (CimConnectionException exception)
        {
            Log.WaitingForSomebody(logger, request.ManagementAgent, busy, exception.Failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3000, LogLevel.Information,
            "{ManagementAgent} waits: on {Busy} the run profile '{RunProfile}' runs, started by {Caller} at {Since} UTC.")]
        public static partial void Waiting(
            ILogger logger, string managementAgent, string busy, string runProfile, string caller, string since);

        [LoggerMessage(3001, LogLevel.Information, "{ManagementAgent} waits: {Busy} runs; who started it cannot be read ({Failure}).")]
        public static partial void WaitingForSomebody(ILogger logger, string managementAgent, string busy, CimFailure failure);

        [LoggerMessage(3002, LogLevel.Information, "{Busy} is idle again; {ManagementAgent} goes on.")]
        public static partial void Over(ILogger logger, string busy, string managementAgent);

        [LoggerMessage(3003, LogLevel.Warning,
            "{Busy} still runs and SyncServer:ForeignRunDeadline has passed; {ManagementAgent} is not started.")]
        public static partial void GaveUp(ILogger logger, string busy, string managementAgent);
    }
}
