using System.Globalization;
using MimHybrid.Agent.Show;
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

    /// <summary>The cycle that serves the request, or why none will until a person acts, or neither when the agent ended.</summary>
    private async Task<(long? Cycle, string? Held)> WaitForCycleAsync(long request, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var said = "";
        while (true)
        {
            if (store.FindCycleOfRequest(request) is { } cycle) return (cycle, null);
            if (!DataFolder.IsHeld(System.IO.Path.GetDirectoryName(store.Path)!)) return (null, null);

            // Only an answer that is younger than the question is an answer to it.
            if (store.ReadDecision() is { } decision && decision.Reason != said && (decision.DecidedAt >= asked || store.ReadLastCycle() is { Outcome: CycleOutcome.Running }))
            {
                said = decision.Reason;
                if (decision is { Action: "Hold", At: null }) return (null, said);
                Say.Line($"Waiting: {said}");
            }

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
            var record = store.ReadCycle(cycle)!;
            foreach (var line in StepLines(record).Where(shown.Add)) Say.Line(line);
            if (record.Outcome != CycleOutcome.Running) return OneRound.Report(record, cancellationToken);
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
            else yield return step.Result is null ? $"{name} ..." : $"{name}: {step.Result} (run {step.RunNumber})";
        }
    }
}
