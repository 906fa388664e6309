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
    public async Task<bool> WaitAsync(RunRequest request, Deadline deadline, Tell tell, CancellationToken cancellationToken)
    {
        var (waitedFor, begun) = ("", time.GetTimestamp());
        var foreign = new ForeignRuns(provider, request, time);
        while (await FindBusyAsync(request, foreign, cancellationToken) is { } busy)
        {
            if (deadline.Passed)
            {
                tell($"{busy} still runs, longer than SyncServer:ForeignRunDeadline "
                    + $"({settings.ForeignRunDeadline:c}) allows: nothing is started.");
                return false;
            }

            if (busy != waitedFor)
            {
                var (what, unnamed) = await foreign.DescribeAsync(busy, cancellationToken);
                tell(SayWait(request, what), unnamed is null ? null : SayWait(request, unnamed));
            }

            waitedFor = busy;
            await Task.Delay(settings.PollInterval, time, cancellationToken);
        }

        if (waitedFor.Length > 0)
            tell(FormattableString.Invariant(
                $"{waitedFor} is idle after {time.GetElapsedTime(begun).TotalSeconds:0} s; {request.ManagementAgent} goes on."));
        return true;
    }

    private string SayWait(RunRequest request, string what) => $"{request.ManagementAgent} waits: {what}. "
        + $"It is waited for up to {settings.ForeignRunDeadline:c} (SyncServer:ForeignRunDeadline).";

    private async Task<string?> FindBusyAsync(RunRequest request, ForeignRuns foreign, CancellationToken cancellationToken)
    {
        if (await IsBusyAsync(request.ManagementAgent, cancellationToken))
            return request.ManagementAgent;

        // Listed afresh at each look: agents are created and deleted while we wait.
        foreach (var managementAgent in await MiisManagementAgent.ListAsync(provider, cancellationToken))
        {
            if (await IsInTheWayAsync(managementAgent.Name, request, foreign, cancellationToken))
                return managementAgent.Name;
        }

        return null;
    }

    private async Task<bool> IsInTheWayAsync(
        string other, RunRequest request, ForeignRuns foreign, CancellationToken cancellationToken)
    {
        try
        {
            return await IsBusyAsync(other, cancellationToken)
                && (request.Synchronizes || await foreign.MaySynchronizeAsync(other, cancellationToken));
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
}
