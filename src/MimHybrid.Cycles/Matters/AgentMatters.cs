using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Matters;

/// <summary>The agent itself: nobody runs it, it gives no sign of life, or its settings are invalid.</summary>
internal static class AgentMatters
{
    public static IEnumerable<OpenMatter> Of(MatterFacts facts, MatterWords words)
    {
        if (facts.SettingsErrors.Count > 0) yield return Settings(facts);
        if (facts.Holder is null) yield return NobodyRuns(facts, words);
        else if (SilentLoops.Of(facts.Beats, facts.Now) is { } silence) yield return Silent(facts, silence);
    }

    private static OpenMatter Settings(MatterFacts facts) => new("agent/settings", Severity.Error,
        $"The settings are invalid ({MatterWords.Count(facts.SettingsErrors.Count, "error")}): no agent starts with them",
        "Correct the settings file; mimhybrid check says whether all is right then.")
    {
        Details = facts.SettingsErrors,
    };

    private static OpenMatter NobodyRuns(MatterFacts facts, MatterWords words)
    {
        var cutOff = facts.LastCycle is { Outcome: CycleOutcome.Running };
        return new OpenMatter("agent/none", Severity.Error,
            cutOff
                ? $"No agent runs: it was cut off in cycle {facts.LastCycle!.Id}, which began at {words.Clock(facts.LastCycle.StartedAt)}"
                : "No agent runs: nobody looks for guest changes",
            "Start it: the scheduled task does so within five minutes, unless it is disabled; by hand: mimhybrid run.");
    }

    private static OpenMatter Silent(MatterFacts facts, string silence) => new("agent/silent", Severity.Error,
        char.ToUpperInvariant(silence[0]) + silence[1..], $"{SilentLoops.EndIt(facts.Holder)}.")
    {
        Since = facts.Beats.Where(beat => beat.SilentFor(facts.Now) is not null).Min(beat => beat.At),
    };
}
