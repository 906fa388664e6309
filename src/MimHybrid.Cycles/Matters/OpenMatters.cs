namespace MimHybrid.Cycles.Matters;

/// <summary>
/// What is open: everything that waits for a person. A pure function of what was read, asked by <c>status</c> and by whatever else tells
/// people how the agent is, so that none of them says it differently.
/// </summary>
public static class OpenMatters
{
    public const string NoCycle = "cycles/none";

    /// <summary>What fails, or keeps everything else from being done: that no cycle ends well is no second matter then.</summary>
    private static readonly string[] CausesOfNoCycle = ["agent", "held", "cycles", "disk"];

    /// <summary>Which matter it is that nothing arrives over a channel: it is told over the others.</summary>
    public static string OfDeadChannel(string channel) => $"messages/{channel}";

    /// <summary>The worst first; where two are as bad, what explains the other.</summary>
    /// <param name="facts">What was read.</param>
    /// <param name="zone">The time zone for the times in the sentences.</param>
    public static IReadOnlyList<OpenMatter> Of(MatterFacts facts, TimeZoneInfo zone)
    {
        var words = new MatterWords(facts.Now, zone);
        var ofTenant = TenantMatters.Of(facts, words).ToList();
        var open = Explained(
        [
            .. Enumerable.Concat(AgentMatters.Of(facts, words), HeldMatters.Of(facts, words))
                .Concat(ofTenant.Where(matter => matter.Severity == Severity.Error))
                .Concat(CycleMatters.OfFailures(facts, words))
                .Concat(OverdueMatters.Of(facts, words, zone))
                .Concat(ofTenant.Where(matter => matter.Severity != Severity.Error))
                .Concat(RefusedMatters.Of(facts, words))
                .Concat(CycleMatters.OfFindings(facts))
                .Concat(OwnMatters.Of(facts, words))
                .Concat(OthersMatters.Of(facts, words))
                .OrderByDescending(matter => matter.Severity),
        ]);
        return facts.NamesNobody ? [.. open.Select(matter => matter with { Details = matter.Unnamed ?? matter.Details })] : open;
    }

    /// <summary>What another matter explains stands in it as a line, and is not told beside it.</summary>
    private static List<OpenMatter> Explained(List<OpenMatter> open)
    {
        if (open.FindIndex(matter => matter.Id == NoCycle) is >= 0 and var none && open.FindIndex(Explains) is >= 0 and var cause)
        {
            var (line, because) = ($"{open[none].Title}.", open[cause]);
            open[cause] = because with
            {
                Severity = Severity.Error,
                Details = [.. because.Details, line],
                Unnamed = because.Unnamed is { } unnamed ? [.. unnamed, line] : null,
            };
            open.RemoveAt(none);
        }

        return open;
    }

    private static bool Explains(OpenMatter matter) => matter.Id != NoCycle && CausesOfNoCycle.Contains(matter.Id.Split('/')[0])
        && !(matter is { Id: "disk/data", Severity: Severity.Warning });
}
