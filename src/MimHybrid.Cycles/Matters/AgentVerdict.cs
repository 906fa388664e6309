namespace MimHybrid.Cycles.Matters;

/// <summary>What a person wants to know first.</summary>
public enum VerdictKind
{
    Well,

    /// <summary>Something waits for a person.</summary>
    Open,

    /// <summary>There is nothing to read it from, or it may not be read.</summary>
    CannotTell,
}

/// <summary>How the agent is, in one line, and what is open.</summary>
/// <param name="Kind">Whether anything is open.</param>
/// <param name="Sentence">One line without a full stop.</param>
/// <param name="Open">What waits for a person, the worst first.</param>
public sealed record AgentVerdict(VerdictKind Kind, string Sentence, IReadOnlyList<OpenMatter> Open)
{
    /// <summary>Well is only said where nothing at all is open.</summary>
    /// <param name="facts">What was read.</param>
    /// <param name="zone">The time zone for the times in the sentences.</param>
    public static AgentVerdict Of(MatterFacts facts, TimeZoneInfo zone) => OpenMatters.Of(facts, zone) switch
    {
        [] => new AgentVerdict(VerdictKind.Well, Calm(facts), []),
        [var only] => new AgentVerdict(VerdictKind.Open, only.Title, [only]),
        var all => new AgentVerdict(VerdictKind.Open, $"{all.Count} matters are open, the worst first", all),
    };

    /// <param name="why">What stands in the way, without a full stop.</param>
    public static AgentVerdict CannotTell(string why) => new(VerdictKind.CannotTell, why, []);

    private static string Calm(MatterFacts facts) => facts switch
    {
        { Reading: not null, HasCursor: false } => "All well so far: the tenant is being read for the first time",
        { Polls: null } => "All well so far: the agent has just started",
        { Snapshot.Pending.Count: 0 } => $"All well: {MatterWords.Count(facts.Snapshot.Guests, "guest")}, nothing pending",
        _ => $"All well: {facts.Snapshot.Pending} on the way",
    };
}
