namespace MimHybrid.Cycles.Settings;

/// <summary>
/// What the shipped timers are for settings that were written before there was a Fallback, and say nothing of it: they keep their meaning.
/// </summary>
public static class TimedDefaults
{
    public const string FallbackCycle = nameof(FallbackCycle);
    public const string NightlyFull = nameof(NightlyFull);

    /// <summary>
    /// Whoever states the sequences has other names than the shipped ones or no delta profiles: the shipped Fallback would ask MIM for
    /// profiles that it does not have, so the Full that is stated goes on every hour. And the night's Full belongs to the Fallback: beside
    /// a Full every hour it would look twice, and whoever had no Full by a timer is not given one.
    /// </summary>
    /// <param name="settings">As bound.</param>
    /// <param name="isStated">Whether somebody has set that setting, or one below it.</param>
    public static void Fit(AgentSettings settings, Predicate<string> isStated)
    {
        var fallback = settings.Functions[FallbackCycle];
        if (!isStated($"Functions:{FallbackCycle}:Sequence") && !isStated($"Sequences:{ShippedSequences.Fallback}")
            && (isStated($"Sequences:{ShippedSequences.Full}") || isStated($"Sequences:{ShippedSequences.ChangeDriven}")))
            fallback.Sequence = ShippedSequences.Full;

        if (!isStated($"Functions:{NightlyFull}") && !HourRuns(settings, ShippedSequences.Fallback))
            settings.Functions[NightlyFull].Enabled = false;
    }

    /// <summary>Whether the timed cycle of the hour is on and runs that sequence.</summary>
    public static bool HourRuns(AgentSettings settings, string sequence) =>
        settings.Functions[FallbackCycle] is { Enabled: true } hour && hour.Sequence.Equals(sequence, StringComparison.OrdinalIgnoreCase);
}
