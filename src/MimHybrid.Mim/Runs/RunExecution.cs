using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// One call of Execute, which blocks until the run ends. Only Stop from another call ends a run early: it is called when the longest
/// duration has passed, or when we are cancelled and the run does not end by itself within the grace.
/// </summary>
internal sealed class RunExecution(SyncServerSettings settings, TimeProvider time)
{
    private readonly RunStop stop = new(settings, time);

    public async Task<ExecuteAnswer> RunAsync(
        MiisManagementAgent managementAgent, RunRequest request, Tell tell, CancellationToken cancellationToken)
    {
        // Our own token, never the caller's: cancelling it abandons the wait and leaves the run going.
        using var abandon = new CancellationTokenSource();
        var execution = ExecuteAsync(managementAgent, request, abandon.Token);

        var ended = await EndsWithinAsync(execution, stop.LimitOf(request), cancellationToken);
        var stoppedByDeadline = !ended && !cancellationToken.IsCancellationRequested;
        if (stoppedByDeadline)
            tell(stop.TooLong(request));
        if (!ended && !stoppedByDeadline)
        {
            tell($"The agent is being stopped: the run may end by itself within SyncServer:StopGrace ({settings.StopGrace:c}).");
            ended = await EndsWithinAsync(execution, settings.StopGrace, CancellationToken.None);
        }

        if (!ended)
        {
            await stop.AskAsync(managementAgent, tell);
            ended = await EndsWithinAsync(execution, settings.StopGrace, CancellationToken.None);
        }

        if (ended)
            return await execution with { StoppedByDeadline = stoppedByDeadline };
        await abandon.CancelAsync();
        return StillRunning(tell) with { StoppedByDeadline = stoppedByDeadline };
    }

    private static async Task<ExecuteAnswer> ExecuteAsync(
        MiisManagementAgent managementAgent, RunRequest request, CancellationToken abandoned)
    {
        try
        {
            return ExecuteAnswer.Of(await managementAgent.ExecuteAsync(request.RunProfile, abandoned));
        }
        catch (CimConnectionException exception)
        {
            return ExecuteAnswer.Of(exception);
        }
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(limit, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static ExecuteAnswer StillRunning(Tell tell)
    {
        tell("It goes on although MIM was asked to stop it, and the agent leaves it alone: see Synchronization Service Manager, "
            + "Operations.");
        return new(ResultWords.Judge(ResultTable.InProgress)) { LeftToItself = true };
    }
}
