namespace MimHybrid.Mim.Results;

/// <summary>A word that MIM returned, and what it means.</summary>
/// <param name="Raw">The word as MIM said it, never corrected, so that an administrator can search for it.</param>
/// <param name="Class">What it asks of the caller.</param>
/// <param name="Advice">One sentence for an administrator, with cause and next step; empty for plain success.</param>
public sealed record ResultWord(string Raw, ResultClass Class, string Advice)
{
    /// <summary>
    /// The import saw only part of the connected directory: objects missing from it prove nothing, so deletions were not staged and
    /// must not be trusted (README.md#incomplete-imports).
    /// </summary>
    public bool ImportIncomplete => Is(ResultWords.CompletedDiscoveryErrors);

    /// <summary>MIM refused the start, or was never asked: whatever the run would have done, it did not.</summary>
    public bool NeverStarted =>
        Raw.StartsWith("no-start-", StringComparison.OrdinalIgnoreCase) || Is(ResultTable.ForeignRunDeadline) || Is(ResultTable.NotAllowed);

    /// <summary>MIM allows one synchronization at a time and another one runs (event 6309); the code may stand anywhere in the word.</summary>
    public bool AnotherSynchronizationRuns => Raw.Contains(ResultTable.AnotherSynchronization, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A passing cause by rule and not by knowledge: if trying again does not help, waiting mends nothing (README.md#unknown-words).
    /// </summary>
    public bool NeedsPersonIfItStays =>
        Raw.StartsWith(ResultTable.CallFailure, StringComparison.OrdinalIgnoreCase) && !AnotherSynchronizationRuns;

    /// <summary>Whether it is that word, in whatever case: the raw text keeps MIM's.</summary>
    internal bool Is(string word) => Raw.Equals(word, StringComparison.OrdinalIgnoreCase);
}
