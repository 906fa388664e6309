using System.Globalization;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>What is going on now, in one line, read from the store: the same in the agent's process and in any other.</summary>
public static class ProgressText
{
    public static string Of(AgentReader store, AgentSettings settings, DateTimeOffset now) => Printable.Of(TextOf(store, settings, now));

    private static string TextOf(AgentReader store, AgentSettings settings, DateTimeOffset now)
    {
        if (store.ReadProgress() is { Outcome: CycleOutcome.Running } cycle) return OfCycle(cycle, settings, now);
        if (store.ReadBaseline() is { } reading)
            return string.Create(CultureInfo.InvariantCulture,
                $"Reading the whole tenant: {reading.Pages} pages, {reading.Users} users, {reading.Guests} guests");
        return store.ReadDecision() is { } decision ? $"{Word(decision.Action)}: {decision.Reason}" : "Starting";
    }

    /// <summary>"Cycle 3 ChangeDriven: step 2 of 5, AADMA Delta Synchronization, 00:12".</summary>
    private static string OfCycle(CycleRecord cycle, AgentSettings settings, DateTimeOffset now)
    {
        var elapsed = Duration.Of(now - cycle.StartedAt);
        if (cycle.Steps is not [.., var step]) return $"Cycle {cycle.Id} {cycle.Sequence}: starting, {elapsed}";
        var steps = Math.Max(settings.FindSequence(cycle.Sequence)?.Steps.Count ?? 0, step.Position);
        return string.Create(CultureInfo.InvariantCulture,
            $"Cycle {cycle.Id} {cycle.Sequence}: step {step.Position} of {steps}, {step.ManagementAgent} {step.RunProfile}, {elapsed}");
    }

    private static string Word(string action) => action switch
    {
        "Wait" => "Waiting",
        "Hold" => "Holding",
        _ => "Running",
    };
}
