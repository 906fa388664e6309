using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Results;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// How often a step is tried again that ended with a passing cause, and how long to wait before. The words have their own numbers
/// (MimHybrid.Mim/README.md#the-classes-of-result-words), all others that of the settings.
/// </summary>
internal sealed class RetryPolicy(RetrySettings settings)
{
    /// <summary>How often at most. With <c>Retries:Count</c> zero nothing is tried again, whatever the word.</summary>
    public int MostFor(ResultWord word) =>
        settings.Count == 0 || word.Class != ResultClass.TryAgain ? 0 : word.Retries ?? settings.Count;

    /// <summary>The wait before the next try; null when the tries are used up.</summary>
    /// <param name="word">What the last try ended with.</param>
    /// <param name="retried">How often the step has been tried again already.</param>
    /// <param name="seed">Of the jitter.</param>
    public TimeSpan? WaitBeforeNext(ResultWord word, int retried, long seed) =>
        retried < MostFor(word) ? Backoff.After(settings.First, settings.Longest, retried + 1, seed) : null;
}
