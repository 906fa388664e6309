using System.Globalization;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Words;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>
/// What has happened since the last look: cycles that began, steps that ended, cycles that ended. It reads rows, so that it does not
/// matter which process of the agent wrote them.
/// </summary>
internal sealed class LogFollower
{
    private long cycle;
    private int steps;
    private bool hasEnded = true;

    /// <summary>From now on: what has happened before is the list's.</summary>
    public void Begin(AgentReader store)
    {
        if (store.ReadProgress() is not { } newest) return;
        (cycle, hasEnded) = (newest.Id, newest.Outcome != CycleOutcome.Running);
        steps = Ended(newest).LastOrDefault()?.Position ?? 0;
    }

    public IEnumerable<LogRow> Look(AgentReader store)
    {
        if (!hasEnded) foreach (var row in Follow(store)) yield return row;
        while (hasEnded && store.ReadNextCycle(cycle) is { } next)
        {
            (cycle, steps, hasEnded) = (next, 0, false);
            if (store.ReadCycle(cycle) is { } begun)
                yield return LogRow.Of(begun) with { Result = "began", Took = "", Tone = Tone.Strong };
            foreach (var row in Follow(store)) yield return row;
        }
    }

    private IEnumerable<LogRow> Follow(AgentReader store)
    {
        if (store.ReadProgress(cycle) is not { } now)
        {
            hasEnded = true; // trimmed, or the store is another
            yield break;
        }

        foreach (var step in Ended(now).Where(step => step.Position > steps))
        {
            steps = step.Position;
            var counters = CounterWords.Of(step.Counters);
            yield return new LogRow(
                step.EndedAt!.Value, now.Id.ToString(CultureInfo.InvariantCulture), $"  {step.ManagementAgent} {step.RunProfile}",
                $"{step.Result}{RunLogText.Run(step.RunNumber)}{(counters.Length > 0 ? $"  {counters}" : "")}")
            {
                Took = step.StartedAt is { } start ? Ago.Span(step.EndedAt.Value - start) : "",
            };
        }

        if (now.Outcome == CycleOutcome.Running) yield break;
        hasEnded = true;
        yield return LogRow.Of(store.ReadCycle(cycle) ?? now) with { From = now.EndedAt ?? now.StartedAt };
    }

    private static IEnumerable<StepRecord> Ended(CycleRecord cycle) => cycle.Steps.Where(step => step.EndedAt is not null);
}
