using Microsoft.Extensions.Logging;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// One call of Execute, which blocks until the run ends. Only Stop from another call ends a run early: it is called when the longest
/// duration has passed, or when we are cancelled and the run does not end by itself within the grace.
/// </summary>
internal sealed partial class RunExecution(SyncServerSettings settings, TimeProvider time, ILogger logger)
{
    public async Task<ExecuteAnswer> RunAsync(MiisManagementAgent agent, RunRequest request, CancellationToken cancellationToken)
    {
        // Our own token, never the caller's: cancelling it abandons the wait and leaves the run going.
        using var abandon = new CancellationTokenSource();
        var execution = ExecuteAsync(agent, request, abandon.Token);

        var ended = await EndsWithinAsync(execution, settings.LongestRun, cancellationToken);
        var stoppedByDeadline = !ended && !cancellationToken.IsCancellationRequested;
        if (!ended && !stoppedByDeadline)
            ended = await EndsWithinAsync(execution, settings.StopGrace, CancellationToken.None);
        if (!ended)
            ended = await StopAsync(agent, request, execution, abandon.Token);

        var answer = ended ? await execution : StillRunning(request);
        await abandon.CancelAsync();
        return answer with { StoppedByDeadline = stoppedByDeadline };
    }

    private static async Task<ExecuteAnswer> ExecuteAsync(MiisManagementAgent agent, RunRequest request, CancellationToken abandoned)
    {
        try
        {
            return ExecuteAnswer.Of(await agent.ExecuteAsync(request.RunProfile, abandoned));
        }
        catch (CimConnectionException exception)
        {
            return ExecuteAnswer.Of(exception.Failure);
        }
    }

    private async Task<bool> StopAsync(MiisManagementAgent agent, RunRequest request, Task execution, CancellationToken abandoned)
    {
        Log.Stopping(logger, request.RunProfile, request.ManagementAgent);

        // Stop blocks as well, until all that the run has touched is put away (2.1), so both are waited for together.
        var stop = AskToStopAsync(agent, request, abandoned);
        var ended = await EndsWithinAsync(execution, settings.StopGrace, CancellationToken.None);
        if (ended)
            await EndsWithinAsync(stop, settings.StopGrace, CancellationToken.None);
        return ended;
    }

    private async Task AskToStopAsync(MiisManagementAgent agent, RunRequest request, CancellationToken abandoned)
    {
        try
        {
            var answer = await agent.StopAsync(abandoned);
            Log.StopAnswered(logger, request.ManagementAgent, answer);
        }
        catch (CimConnectionException exception)
        {
            Log.StopFailed(logger, request.ManagementAgent, exception.Failure);
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
        {
            // Said already: the stop was without effect.
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

    private ExecuteAnswer StillRunning(RunRequest request)
    {
        Log.StopWithoutEffect(logger, request.RunProfile, request.ManagementAgent);
        return new(ResultWords.Judge(ResultTable.InProgress), Lost: false);
    }

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Warning, "'{RunProfile}' of {ManagementAgent} is being stopped.")]
        public static partial void Stopping(ILogger logger, string runProfile, string managementAgent);

        [LoggerMessage(3011, LogLevel.Information, "MIM answered the stop of {ManagementAgent} with '{Answer}'.")]
        public static partial void StopAnswered(ILogger logger, string managementAgent, string answer);

        [LoggerMessage(3012, LogLevel.Warning, "{ManagementAgent} could not be stopped: {Failure}.")]
        public static partial void StopFailed(ILogger logger, string managementAgent, CimFailure failure);

        [LoggerMessage(3013, LogLevel.Error, "'{RunProfile}' of {ManagementAgent} goes on although it was stopped; it is left to itself.")]
        public static partial void StopWithoutEffect(ILogger logger, string runProfile, string managementAgent);
    }
}
