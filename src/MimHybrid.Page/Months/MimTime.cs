namespace MimHybrid.Page.Months;

/// <summary>How long a run profile kept MIM busy.</summary>
/// <param name="ManagementAgent">The management agent.</param>
/// <param name="RunProfile">The run profile.</param>
/// <param name="Runs">How often it ran.</param>
/// <param name="Took">All runs together.</param>
/// <param name="Share">Its part of all that the agent ran, from 0 to 1.</param>
public sealed record ProfileTime(string ManagementAgent, string RunProfile, int Runs, TimeSpan Took, double Share);

/// <summary>What MIM's time went into.</summary>
public static class MimTime
{
    /// <summary>The longest first.</summary>
    public static IReadOnlyList<ProfileTime> Of(IEnumerable<CycleFact> cycles)
    {
        var steps = cycles.SelectMany(cycle => cycle.Steps).ToList();
        var all = steps.Sum(step => step.Took.Ticks);
        return
        [
            .. steps.GroupBy(step => (step.ManagementAgent, step.RunProfile))
                .Select(same => (same.Key, Count: same.Count(), Ticks: same.Sum(step => step.Took.Ticks)))
                .OrderByDescending(same => same.Ticks)
                .Select(same => new ProfileTime(same.Key.ManagementAgent, same.Key.RunProfile, same.Count, TimeSpan.FromTicks(same.Ticks),
                    all == 0 ? 0 : (double)same.Ticks / all)),
        ];
    }
}
