namespace MimHybrid.Cycles.Matters;

/// <summary>
/// What is open: everything that waits for a person. A pure function of what was read, asked by <c>status</c> and by whatever else tells
/// people how the agent is, so that none of them says it differently.
/// </summary>
public static class OpenMatters
{
    /// <summary>The worst first; where two are as bad, what explains the other.</summary>
    /// <param name="facts">What was read.</param>
    /// <param name="zone">The time zone for the times in the sentences.</param>
    public static IReadOnlyList<OpenMatter> Of(MatterFacts facts, TimeZoneInfo zone)
    {
        var words = new MatterWords(facts.Now, zone);
        return
        [
            .. Enumerable.Concat(AgentMatters.Of(facts, words), HeldMatters.Of(facts, words))
                .Concat(CycleMatters.OfFailures(facts, words))
                .Concat(TenantMatters.Of(facts, words))
                .Concat(RefusedMatters.Of(facts, words))
                .Concat(CycleMatters.OfFindings(facts))
                .OrderByDescending(matter => matter.Severity)
                .Select(matter => facts.NamesNobody ? matter with { Details = matter.Unnamed ?? matter.Details } : matter),
        ];
    }
}
