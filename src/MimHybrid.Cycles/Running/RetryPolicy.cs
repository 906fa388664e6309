using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Results;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// How often a step is tried again that ended with a passing cause, and how long to wait before
/// (MimHybrid.Mim/README.md#the-classes-of-result-words).
/// </summary>
internal sealed class RetryPolicy(RetrySettings settings)
{
    /// <summary>Words with a number of their own, by how they begin; the first that fits decides.</summary>
    private static readonly (string Prefix, int Most)[] OwnNumbers =
    [
        // Waited for inside SyncServer, until SyncServer:ForeignRunDeadline, as is another synchronization: trying again would only double that.
        ("no-start-ma-already-running", 0),
        ("not-started-foreign-run", 0),

        // MimHybrid.Mim/README.md#unknown-words: once, then a person is needed.
        ("call-failure", 1),

        // AutoSync's number (MimHybrid.Mim/README.md#what-may-run-together); a deadlock ends as soon as the other side is through.
        ("stopped-deadlocked", 5),

        // What the peers do: once.
        ("sql-deadlock", 1),
        ("stopped-database-connection-lost", 1),

        // The newer DLL is in place then; if not, it is not a matter of time.
        ("stopped-extension-dll-updated-version", 1),
    ];

    /// <summary>How often at most. With <c>Retries:Count</c> zero nothing is tried again, whatever the word.</summary>
    public int MostFor(ResultWord word)
    {
        if (settings.Count == 0 || word.Class != ResultClass.TryAgain || word.AnotherSynchronizationRuns) return 0;
        var own = Array.Find(OwnNumbers, own => word.Raw.StartsWith(own.Prefix, StringComparison.OrdinalIgnoreCase));
        return own.Prefix is null ? settings.Count : own.Most;
    }

    /// <summary>The wait before the next try; null when the tries are used up.</summary>
    /// <param name="word">What the last try ended with.</param>
    /// <param name="retried">How often the step has been tried again already.</param>
    /// <param name="seed">Of the jitter.</param>
    public TimeSpan? WaitBeforeNext(ResultWord word, int retried, long seed) =>
        retried < MostFor(word) ? Backoff.After(settings.First, settings.Longest, retried + 1, seed) : null;
}
