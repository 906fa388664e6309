using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Planning;

/// <summary>A sequence that waits after failures of its own.</summary>
/// <param name="Sequence">Its name.</param>
/// <param name="Failed">What failed.</param>
/// <param name="Until">When it may run again.</param>
internal sealed record Pause(string Sequence, FailureStreak Failed, DateTimeOffset Until);

/// <summary>
/// Which sequences wait after failures. Each waits for its own: a Full that can never end well must not keep guest changes from
/// ChangeDriven (src/README.md#statement-1), nor a ChangeDriven that cannot the fallback, which carries the changes too.
/// </summary>
internal sealed class FailurePause(AgentSettings settings)
{
    /// <summary>First what needs a person, then what ends soonest.</summary>
    public IReadOnlyList<Pause> Of(AgentSnapshot snapshot, DateTimeOffset now) =>
    [
        .. snapshot.Failures.Keys
            .Select(sequence => PauseOf(sequence, snapshot.Failures[sequence]))
            .Where(pause => Counts(pause.Sequence, pause.Failed, snapshot, now) && pause.Until > now)
            .OrderByDescending(pause => pause.Failed.NeedsPerson).ThenBy(pause => pause.Until),
    ];

    private bool Counts(string sequence, FailureStreak failed, AgentSnapshot snapshot, DateTimeOffset now)
    {
        // A failure in the future means that the clock was set back since: waiting for it could take for ever.
        if (failed.LastEndedAt > now) return false;

        // Graph or MIM was away and is back. One outage ends a pause once: what fails again failed after it.
        if (!failed.NeedsPerson && snapshot.OutageEndedAt is { } back && back <= now && back > failed.LastEndedAt) return false;

        // The sequence of a timer does all that those without one do and more, and Full all that the others do: once it has ended well,
        // what had failed is over. Not the other way round: what a delta import can do proves nothing for a full one, which would be
        // tried again after each guest, and after each Fallback.
        var timed = settings.FunctionsTriggeredBy(TriggerKind.Timer).Select(timer => timer.Settings.RunsAs())
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return !timed.Any(other => !Same(other, sequence)
            && (Same(other, ShippedSequences.Full) || ShippedSequences.Covers(other, sequence) || !timed.Contains(sequence))
            && snapshot.LastSuccess.TryGetValue(other, out var good) && good >= failed.LastEndedAt);
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private Pause PauseOf(string sequence, FailureStreak failed) => new(sequence, failed, failed.LastEndedAt + WaitAfter(failed));

    private TimeSpan WaitAfter(FailureStreak failed) =>
        failed.NeedsPerson ? Backoff.ForPerson(settings) : Backoff.After(settings, failed.Count, failed.LastCycle);
}
