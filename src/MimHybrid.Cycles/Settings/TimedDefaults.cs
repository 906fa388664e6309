namespace MimHybrid.Cycles.Settings;

/// <summary>
/// What the shipped timers are for settings that were written before there was a Fallback, and say nothing of it: they keep their meaning.
/// </summary>
public static class TimedDefaults
{
    public const string FallbackCycle = nameof(FallbackCycle);
    public const string NightlyCycle = nameof(NightlyCycle);
    public const string WeeklyFull = nameof(WeeklyFull);

    /// <summary>
    /// Whoever states the sequences has other names than the shipped ones or no delta profiles: the shipped Fallback and Nightly would ask
    /// MIM for profiles that it does not have, so the Full that is stated takes their place. And the cycles of the night and the week
    /// belong to the Fallback: beside a Full every hour they would look twice, and whoever had no Full by a timer is not given one.
    /// </summary>
    /// <param name="settings">As bound.</param>
    /// <param name="isStated">Whether somebody has set that setting, or one below it.</param>
    public static void Fit(AgentSettings settings, Predicate<string> isStated)
    {
        if (!StatesWith(ShippedSequences.Fallback, FallbackCycle)) settings.Functions[FallbackCycle].Sequence = ShippedSequences.Full;
        if (!StatesWith(ShippedSequences.Nightly, NightlyCycle)) settings.Functions[NightlyCycle].Sequence = ShippedSequences.Full;
        foreach (var timer in new[] { NightlyCycle, WeeklyFull })
            settings.Functions[timer].Enabled &= isStated($"Functions:{timer}") || HourRuns(settings, ShippedSequences.Fallback);

        bool StatesWith(string sequence, string function) => isStated($"Functions:{function}:Sequence")
            || isStated($"Sequences:{sequence}")
            || !ShippedSequences.Names.Any(other => isStated($"Sequences:{other}"));
    }

    /// <summary>Whether the timed cycle of the hour is on and runs that sequence.</summary>
    public static bool HourRuns(AgentSettings settings, string sequence) =>
        settings.Functions[FallbackCycle] is { Enabled: true } hour && hour.Sequence.Equals(sequence, StringComparison.OrdinalIgnoreCase);
}
