using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Show;
using MimHybrid.Core.Cycles;
using MimHybrid.Core.Planning;
using MimHybrid.Core.RunLog;

namespace MimHybrid.Agent.Commands;

/// <summary>What ends after one round: a dry run, a forced run in this process, and <c>--once</c>.</summary>
internal static class OneRound
{
    /// <summary>Polls, which only reads, and says what would be run and why. The changes found stay pending.</summary>
    public static async Task<int> DryRunAsync(AgentHost agent, RunValues options, CancellationToken cancellationToken)
    {
        await agent.Poller.PollAsync(cancellationToken);
        var snapshot = agent.Store.ReadSnapshot(agent.BootedAt);
        if (options.Force)
            snapshot = snapshot with { Forced = new ForcedRequest(0, options.Sequence, Caller.Name, agent.Time.GetUtcNow(), options.PastWindow) };

        switch (agent.Planner.Decide(snapshot, agent.Time.GetUtcNow()))
        {
            case Decision.Run run:
                Say.Line($"{run.Function} would run {run.Sequence} now: {run.Reason}");
                foreach (var step in agent.Settings.Agent.FindSequence(run.Sequence)!.Steps) Say.Line($"  {step.ManagementAgent,-6} {step.RunProfile,-26} {Condition(step.When)}");
                break;
            case Decision.Wait wait:
                Say.Line($"Nothing would run now: {wait.Reason}");
                break;
            case Decision.Hold hold:
                Say.Line($"The agent would hold: {hold.Reason}");
                break;
        }

        Say.Line("Nothing was run.");
        return ExitCode.Done;
    }

    public static async Task<int> ForceAsync(AgentHost agent, RunValues options, CancellationToken cancellationToken)
    {
        var request = agent.Store.RequestForcedRun(options.Sequence, Caller.Name, options.PastWindow, agent.Time.GetUtcNow());
        var decision = agent.Loop.Decide();
        if (decision is Decision.Run run) return Report(await agent.Loop.RunCycleAsync(run, cancellationToken), cancellationToken);

        agent.Store.WithdrawForcedRun(request, agent.Time.GetUtcNow());
        Say.Error($"Nothing was run: {decision.Reason}");
        return ExitCode.CycleFailed;
    }

    /// <summary>One poll, at most one cycle. Changes that have to settle are waited for: there is no later round that would carry them.</summary>
    public static async Task<int> OnceAsync(AgentHost agent, CancellationToken cancellationToken)
    {
        await agent.Poller.PollAsync(cancellationToken);
        while (true)
        {
            switch (agent.Loop.Decide())
            {
                case Decision.Run run:
                    return Report(await agent.Loop.RunCycleAsync(run, cancellationToken), cancellationToken);
                case Decision.Wait { Cause: WaitCause.Settling } wait:
                    await DelayUntilAsync(wait.Until, agent.Time, cancellationToken);
                    break;
                case var decision:
                    Say.Line($"Nothing to run: {decision.Reason}");
                    return ExitCode.Done;
            }
        }
    }

    /// <summary>Says how a cycle ended, and gives the exit code for it.</summary>
    public static int Report(CycleRecord cycle, CancellationToken cancelled)
    {
        Say.Line(new RunLogText(TimeZoneInfo.Local).Of(cycle));
        if (cycle.EndedWell) return ExitCode.Done;
        return cancelled.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.CycleFailed;
    }

    private static async Task DelayUntilAsync(DateTimeOffset until, TimeProvider time, CancellationToken cancellationToken)
    {
        if (until - time.GetUtcNow() is var left && left > TimeSpan.Zero) await Task.Delay(left, time, cancellationToken);
    }

    private static string Condition(StepCondition when) => when switch
    {
        StepCondition.Always => "always",
        StepCondition.StagedOrPendingImports => "if something was staged",
        StepCondition.PendingExports => "if exports are pending",
        StepCondition.SomethingExported => "if something was exported",
        _ => throw new ArgumentOutOfRangeException(nameof(when), when, null),
    };
}
