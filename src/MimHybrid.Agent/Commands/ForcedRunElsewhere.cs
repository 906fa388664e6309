using System.Globalization;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Show;
using MimHybrid.Core.Planning;
using MimHybrid.Core.RunLog;
using MimHybrid.Core.Settings;
using MimHybrid.Core.Store;

namespace MimHybrid.Agent.Commands;

/// <summary>
/// A forced run that the agent of another process serves: this process writes a row, reads the rows that follow, and says what they say.
/// </summary>
internal sealed class ForcedRunElsewhere(AgentStore store, AgentSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>The exit code; null when that agent ended without serving the request, so that this process may.</summary>
    public async Task<int?> RunAsync(RunValues options, CancellationToken cancellationToken)
    {
        var request = store.RequestForcedRun(options.Sequence, Caller.Name, options.PastWindow, time.GetUtcNow());
        Say.Line($"The agent ({store.ReadHolder()}) is asked to run {options.Sequence ?? "a cycle"} now.");
        try
        {
            return await WaitForCycleAsync(request, cancellationToken) switch
            {
                (null, null) => null,
                (null, { } held) => Held(held),
                ({ } cycle, _) => await FollowAsync(cycle, options.Common.Data, cancellationToken),
            };
        }
        finally
        {
            store.WithdrawForcedRun(request, time.GetUtcNow());
        }
    }

    /// <summary>
    /// The cycle that serves the request, or why none will until a person acts, or neither when nobody is there to serve it. The planner is
    /// a pure function of the rows, so what it tells the agent it tells this process as well.
    /// </summary>
    private async Task<(long? Cycle, string? Held)> WaitForCycleAsync(long request, CancellationToken cancellationToken)
    {
        var planner = new CyclePlanner(settings, time.LocalTimeZone);
        var said = "";
        while (true)
        {
            if (store.FindCycleOfRequest(request) is { } cycle) return (cycle, null);
            if (store.IsWithdrawn(request) || !DataFolder.IsHeld(System.IO.Path.GetDirectoryName(store.Path)!)) return (null, null);

            var running = store.ReadProgress() is { Outcome: CycleOutcome.Running } now ? $"cycle {now.Id} ({now.Sequence}) is running" : null;
            var decision = planner.Decide(store.ReadSnapshot(BootClock.BootedAt(time)), time.GetUtcNow());
            if (running is null && decision is Decision.Hold { RetryAt: null }) return (null, decision.Reason);

            var waiting = running ?? (decision is Decision.Run ? "the agent is about to begin" : decision.Reason);
            if (waiting != said) Say.Line($"Waiting: {said = waiting}");
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    private static int Held(string reason)
    {
        Say.Error($"The agent holds: {reason}");
        return ExitCode.CycleFailed;
    }

    private async Task<int?> FollowAsync(long cycle, string data, CancellationToken cancellationToken)
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var record = store.ReadProgress(cycle)!;
            foreach (var line in StepLines(record).Where(shown.Add)) Say.Line(line);
            if (record.Outcome != CycleOutcome.Running) return OneRound.Report(store.ReadCycle(cycle)!, cancellationToken);
            if (!DataFolder.IsHeld(data))
            {
                Say.Error($"The agent ended during cycle {cycle}. Its changes stay pending; the next start carries them.");
                return ExitCode.CycleFailed;
            }

            await Task.Delay(Look, time, cancellationToken);
        }
    }

    private IEnumerable<string> StepLines(CycleRecord cycle)
    {
        var steps = settings.FindSequence(cycle.Sequence)?.Steps.Count ?? cycle.Steps.Count;
        foreach (var step in cycle.Steps)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"  {step.Position} of {Math.Max(steps, step.Position)}  {step.ManagementAgent} {step.RunProfile}");
            if (step.SkippedBecause is not null) yield return $"{name}: skipped, {step.SkippedBecause}";
            else yield return step.Result is null ? $"{name} ..." : $"{name}: {step.Result}{RunLogText.Run(step.RunNumber)}";
        }
    }
}
