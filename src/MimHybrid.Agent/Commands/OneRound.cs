using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary>What ends after one round: a forced run in this process, and <c>--once</c>.</summary>
internal static class OneRound
{
    public static async Task<int> ForceAsync(AgentHost agent, RunValues options, CancellationToken cancellationToken)
    {
        var request = agent.Requests.RequestForcedRun(options.Sequence, CurrentAccount.Name, options.PastWindow, agent.Time.GetUtcNow());
        try
        {
            var decision = Decide(agent);
            return decision is Decision.Run run ? await RunAsync(agent, run, cancellationToken) : NothingWasRun(decision);
        }
        finally
        {
            agent.Requests.WithdrawForcedRun(request, agent.Time.GetUtcNow());
        }
    }

    /// <summary>
    /// One poll, at most one cycle. Changes that have to settle are waited for: there is no later round that would carry them.
    /// </summary>
    public static async Task<int> OnceAsync(AgentHost agent, CancellationToken cancellationToken)
    {
        await agent.WithProgressAsync(() => agent.Poller.PollAsync(cancellationToken));
        while (true)
        {
            switch (Decide(agent))
            {
                case Decision.Run run:
                    var code = await RunAsync(agent, run, cancellationToken);
                    return code == ExitCode.Done ? ExitCodeOf(agent.Poller) : code;
                case Decision.Wait { Cause: WaitCause.Settling } wait:
                    if (wait.Until - agent.Time.GetUtcNow() is var left && left > TimeSpan.Zero)
                        await Task.Delay(left, agent.Time, cancellationToken);
                    break;
                case Decision.Hold hold:
                    return NothingWasRun(hold);
                case var decision:
                    Screen.Tell($"Nothing to run: {decision.Reason}");
                    return ExitCodeOf(agent.Poller);
            }
        }
    }

    private static async Task<int> RunAsync(AgentHost agent, Decision.Run run, CancellationToken cancellationToken)
    {
        var cycle = await agent.WithProgressAsync(() => agent.Loop.RunCycleAsync(run, cancellationToken));
        if (agent.Report is { } report) await report.WriteLastAsync();
        agent.SettleLog();
        return Report(cycle, cancellationToken);
    }

    /// <summary>Says how a cycle ended, and gives the exit code for it.</summary>
    public static int Report(CycleRecord cycle, CancellationToken cancelled)
    {
        Screen.Show(new RunLogText(TimeZoneInfo.Local).Of(cycle));
        return ExitCodeOf(cycle, cancelled);
    }

    /// <summary>Whoever asks by the code wants to know whether each guest has an account now.</summary>
    internal static int ExitCodeOf(CycleRecord cycle, CancellationToken cancelled)
    {
        if (cycle.EndedWell) return cycle.Refused == 0 ? ExitCode.Done : ExitCode.CycleFailed;
        return cancelled.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.CycleFailed;
    }

    /// <summary>
    /// A round that could not read the tenant is no good round, whatever else it did: a scheduler must not take it for one.
    /// </summary>
    public static int ExitCodeOf(GuestChangePoller poller)
    {
        if (poller.LastFailure is not { } failure) return ExitCode.Done;
        Say.Error($"The tenant could not be read: {failure}");
        return ExitCode.CycleFailed;
    }

    /// <summary>What the log says of it stands above what is said here.</summary>
    private static Decision Decide(AgentHost agent)
    {
        var decision = agent.Decider.Decide();
        agent.SettleLog();
        return decision;
    }

    private static int NothingWasRun(Decision decision)
    {
        Say.Error($"Nothing was run: {decision.Reason}");
        return ExitCode.CycleFailed;
    }
}
