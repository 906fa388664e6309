using MimHybrid.Mim.Cim;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// Our call of Stop, the only thing that ends a run early. It goes over a connection of its own and blocks until the run has stopped,
/// which takes longer the more objects it has touched (README.md#execute-and-stop).
/// </summary>
internal sealed class RunStop(SyncServerSettings settings, TimeProvider time)
{
    /// <summary>Asks MIM to stop the agent's run, and tells its word or why there is none.</summary>
    public async Task AskAsync(MiisManagementAgent managementAgent, Tell tell)
    {
        using var abandon = new CancellationTokenSource();
        try
        {
            var answer = await managementAgent.StopAsync(abandon.Token).WaitAsync(settings.StopGrace, time);
            tell($"MIM was asked to stop the run and answered '{answer}'.");
        }
        catch (CimConnectionException exception)
        {
            tell($"MIM could not be asked to stop the run: {exception.Message}");
        }
        catch (TimeoutException)
        {
            tell($"MIM was asked to stop the run and did not answer within SyncServer:StopGrace ({settings.StopGrace:c}).");
            await abandon.CancelAsync();
        }
    }

    /// <summary>How long the run may take before it is stopped.</summary>
    public TimeSpan LimitOf(RunRequest request) => request.LongestRun ?? settings.LongestRun;

    /// <summary>What is told before a run that takes too long is stopped.</summary>
    public string TooLong(RunRequest request) => request.LongestRun is { } own
        ? $"It runs longer than the step's LongestRun ({own:c}) allows."
        : $"It runs longer than SyncServer:LongestRun ({settings.LongestRun:c}) allows.";
}
