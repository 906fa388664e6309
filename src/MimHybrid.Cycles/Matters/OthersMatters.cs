using System.Globalization;

namespace MimHybrid.Cycles.Matters;

/// <summary>Whoever else runs the same run profiles: two schedulers make each other wait.</summary>
internal static class OthersMatters
{
    /// <summary>Since when runs of others are looked at.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromDays(1);

    /// <summary>A person at work runs some, one after the other; what does it so often is a scheduler.</summary>
    private const int Often = 6;

    public static IEnumerable<OpenMatter> Of(MatterFacts facts, MatterWords words)
    {
        var often = facts.Others.Where(others => others.Times >= Often).ToList();
        if (often.Count == 0) yield break;
        yield return new OpenMatter("others/runs", Severity.Warning,
            $"Something else runs profiles on {string.Join(" and ", often.Select(others => others.ManagementAgent))}, again and again",
            "Only one scheduler should: switch the other one off (README.md, Side by side with AutoSync or another scheduler). "
                + "Synchronization Service Manager, Operations, shows who started which run.")
        {
            Details =
            [
                .. often.Select(others => string.Create(CultureInfo.InvariantCulture,
                    $"{others.ManagementAgent}: {others.Runs} runs since {words.Clock(others.Since)} were not the agent's")),
            ],
            Since = often.Min(others => others.Since),
        };
    }
}
