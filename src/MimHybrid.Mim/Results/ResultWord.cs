namespace MimHybrid.Mim.Results;

/// <summary>A word that MIM returned, and all that follows from it: one row of <see cref="ResultTable"/>.</summary>
/// <param name="Raw">The word as MIM said it, never corrected, so that an administrator can search for it.</param>
/// <param name="Class">What it asks of the caller.</param>
/// <param name="Meaning">For an administrator: what it means; empty for plain success. A sentence where nothing follows it.</param>
/// <param name="Do">And what to do, or what happens by itself; empty where the meaning says it.</param>
public sealed record ResultWord(string Raw, ResultClass Class, string Meaning, string Do = "")
{
    internal const string NoStart = "no-start-";

    /// <summary>Both in one sentence, as the run log keeps it.</summary>
    public string Advice => Do.Length == 0 ? Meaning : $"{Meaning}; {Do}";

    /// <summary>How often a run that ended so is tried again within a cycle, at most; null: as often as the settings say.</summary>
    public int? Retries { get; init; }

    /// <summary>
    /// Somebody else was faster between our look and our call. That is waited for before the run is reported, until
    /// <see cref="SyncServerSettings.ForeignRunDeadline"/>.
    /// </summary>
    public bool IsWaitedFor { get; init; }

    /// <summary>
    /// A passing cause by rule and not by knowledge: if trying again does not help, waiting mends nothing (README.md#unknown-words).
    /// </summary>
    public bool NeedsPersonIfItStays { get; init; }

    /// <summary>What it says of the run.</summary>
    public RunTrace Trace { get; init; } = Raw.StartsWith(NoStart, StringComparison.OrdinalIgnoreCase) ? RunTrace.Refused : RunTrace.Run;

    /// <summary>MIM refused the start, or was never asked: whatever the run would have done, it did not.</summary>
    public bool NeverStarted => Trace is RunTrace.Refused or RunTrace.NotAsked;

    /// <summary>
    /// The import saw only part of the connected directory: objects missing from it prove nothing, so deletions were not staged and
    /// must not be trusted (README.md#incomplete-imports).
    /// </summary>
    public bool ImportIncomplete { get; init; }

    /// <summary>The connected directory refused objects, also where the run's details cannot be read.</summary>
    public bool ObjectsRefused { get; init; }

    /// <summary>What the run log notes where the cycle goes on after it; null where it goes without saying.</summary>
    public string? Note { get; init; }

    /// <summary>The advice where it came from the connector, that is from an import or an export; null: the same as elsewhere.</summary>
    public string? ConnectorAdvice { get; init; }

    /// <summary>
    /// On a delta import it may be the connector's delta token that is too old, which a full import mends
    /// (README.md#a-delta-token-that-is-too-old).
    /// </summary>
    public bool FullImportMayHelp { get; init; }

    /// <summary>What stands behind it where a method says it in place of its answer; null for every word that is an answer.</summary>
    internal CimFailure? Failure { get; init; }

    /// <summary>Whether it is that word, in whatever case: the raw text keeps MIM's.</summary>
    internal bool Is(string word) => Raw.Equals(word, StringComparison.OrdinalIgnoreCase);
}
