using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// Waits until nobody else's run is in the way: none on the management agent itself, no synchronization on any agent of the server and,
/// before a synchronization, nothing on any (README.md#what-may-run-together).
/// </summary>
internal sealed class IdleWait(Provider provider, SyncServerSettings settings, TimeProvider time)
{
    /// <returns>False if somebody else's run outlasted the deadline.</returns>
    public async Task<bool> WaitAsync(RunRequest request, Deadline deadline, Action<string> tell, CancellationToken cancellationToken)
    {
        var (waitedFor, begun) = ("", time.GetTimestamp());
        while (await FindBusyAsync(request, cancellationToken) is { } busy)
        {
            if (deadline.Passed)
            {
                tell($"{busy} still runs, longer than SyncServer:ForeignRunDeadline ({settings.ForeignRunDeadline:c}) allows: nothing is started.");
                return false;
            }

            if (busy != waitedFor)
                tell(await SayWhoAsync(busy, request, cancellationToken));

            waitedFor = busy;
            await Task.Delay(settings.PollInterval, time, cancellationToken);
        }

        if (waitedFor.Length > 0)
            tell(FormattableString.Invariant($"{waitedFor} is idle after {time.GetElapsedTime(begun).TotalSeconds:0} s; {request.ManagementAgent} goes on."));
        return true;
    }

    private async Task<string?> FindBusyAsync(RunRequest request, CancellationToken cancellationToken)
    {
        if (await IsBusyAsync(request.ManagementAgent, cancellationToken))
            return request.ManagementAgent;

        // Listed afresh at each look: agents are created and deleted while we wait.
        foreach (var agent in await MiisManagementAgent.ListAsync(provider, cancellationToken))
        {
            if (await IsInTheWayAsync(agent.Name, request, cancellationToken))
                return agent.Name;
        }

        return null;
    }

    private async Task<bool> IsInTheWayAsync(string other, RunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await IsBusyAsync(other, cancellationToken) && (request.Synchronizes || await SynchronizesAsync(other, cancellationToken));
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

    /// <summary>
    /// WMI cannot tell what a profile does. Its name usually says it, and the details of the run may (README.md#what-nobody-has-seen).
    /// </summary>
    private async Task<bool> SynchronizesAsync(string managementAgent, CancellationToken cancellationToken)
    {
        var agent = new MiisManagementAgent(provider, managementAgent);
        var runProfile = await agent.ReadRunProfileAsync(cancellationToken);
        return runProfile.Contains("sync", StringComparison.OrdinalIgnoreCase)
            || (await ReadDetailsAsync(agent, cancellationToken)).Steps.Any(step => step.Synchronizes);
    }

    private async Task<string> SayWhoAsync(string busy, RunRequest request, CancellationToken cancellationToken)
    {
        var agent = new MiisManagementAgent(provider, busy);
        try
        {
            var runProfile = await agent.ReadRunProfileAsync(cancellationToken);
            var since = await agent.ReadRunStartAsync(cancellationToken);
            var caller = (await ReadDetailsAsync(agent, cancellationToken)).Caller;
            return $"{request.ManagementAgent} waits: on {busy} the run profile '{runProfile}' runs, started by {(caller.Length > 0 ? caller : "somebody")} "
                + $"at {since} UTC. It is waited for up to {settings.ForeignRunDeadline:c} (SyncServer:ForeignRunDeadline).";
        }
        catch (CimConnectionException exception)
        {
            return $"{request.ManagementAgent} waits: {busy} runs; who started it cannot be read ({exception.Failure}).";
        }
    }

    /// <summary>Caller and steps may be missing as long as the run goes on (README.md#what-a-management-agent-says-of-its-run).</summary>
    private static async Task<RunDetails> ReadDetailsAsync(MiisManagementAgent agent, CancellationToken cancellationToken) =>
        RunDetailsParser.Parse(await agent.ReadRunDetailsAsync(cancellationToken), errorsKept: 0);
}
