using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary><c>--dry-run</c>: what would be run and why; nothing is.</summary>
internal static class DryRun
{
    /// <summary>Polls first, which only reads. The changes found stay pending.</summary>
    public static async Task<int> RunAsync(AgentHost agent, RunValues options, CancellationToken cancellationToken)
    {
        await agent.Poller.PollAsync(cancellationToken);
        agent.SettleLog();
        Preview(agent.Look(), agent.Planner, agent.Settings.Agent, options, agent.Time.GetUtcNow());
        return OneRound.ExitCodeOf(agent.Poller);
    }

    /// <summary>Says what the planner says of these rows, with the forced request that the switches would make.</summary>
    public static void Preview(AgentSnapshot snapshot, CyclePlanner planner, AgentSettings settings, RunValues options, DateTimeOffset now)
    {
        if (options.Force)
            snapshot = snapshot with { Forced = new ForcedRequest(0, options.Sequence, CurrentAccount.Name, now, options.PastWindow) };
        switch (planner.Decide(snapshot, now))
        {
            case Decision.Run run:
                Screen.Tell($"{run.Function} would run {run.Sequence} now: {run.Reason}");
                foreach (var step in settings.FindSequence(run.Sequence)?.Steps ?? [])
                    Screen.Tell($"  {step.ManagementAgent,-6} {step.RunProfile,-26} {Condition(step.When)}");
                break;
            case Decision.Wait wait:
                Screen.Tell($"Nothing would run now: {wait.Reason}");
                break;
            case Decision.Refuse refuse:
                Screen.Tell($"It could not be run: {refuse.Reason}");
                break;
            case Decision.Hold hold:
                Screen.Tell($"The agent would hold: {hold.Reason}");
                break;
        }

        Screen.Tell("Nothing was run.");
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
