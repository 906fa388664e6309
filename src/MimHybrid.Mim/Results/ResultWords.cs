using System.Collections.Frozen;

namespace MimHybrid.Mim.Results;

/// <summary>Judges the words that MIM returns. The words and what they mean are data: see <see cref="ResultTable"/>.</summary>
public static class ResultWords
{
    private const int LongestWord = 200;

    private static readonly FrozenDictionary<string, ResultWord> Table =
        ResultTable.Rows.ToFrozenDictionary(row => row.Raw, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every word that has a row of its own: MIM's, and ours for what never reached MIM.</summary>
    public static IReadOnlyCollection<ResultWord> Known => Table.Values;

    /// <summary>Judges a word of Execute, RunStatus or a step. Unknown words are judged by their family and keep their text.</summary>
    public static ResultWord Judge(string? raw)
    {
        var word = raw?.Trim() ?? "";
        return Table.TryGetValue(word, out var row) ? row with { Raw = word } : JudgeFamily(word);
    }

    /// <summary>
    /// What an advice means, and apart from it what to do. One that is not of this version's table, as an older run log may have, is all
    /// meaning: nothing of it is cut.
    /// </summary>
    /// <param name="raw">The word for which it was given.</param>
    /// <param name="advice">The advice, as the run log has it.</param>
    public static (string Meaning, string Do) Explain(string? raw, string advice) =>
        Judge(raw) is var word && word.Advice == advice ? (word.Meaning, word.Do) : (advice, "");

    /// <summary>Judges a call that failed, in words of ours that begin with <c>cim-</c>.</summary>
    public static ResultWord Judge(CimFailure failure) => ResultTable.OfCim.First(row => row.Failure == failure);

    /// <summary>
    /// What stands behind a word by which a method says that it could not do what it was asked for; null for any other answer.
    /// </summary>
    internal static CimFailure? FailureOf(string answer) =>
        answer.Length <= LongestWord ? Judge(answer).Failure : null; // run details are answers too, and may be very long

    /// <summary>The worse of two; an incomplete import is worse than other findings, as its deletions cannot be trusted.</summary>
    internal static ResultWord Worse(ResultWord one, ResultWord other) => Rank(other) > Rank(one) ? other : one;

    private static int Rank(ResultWord word) => ((int)word.Class * 2) + (word.ImportIncomplete ? 1 : 0);

    // The rule for words that nobody has listed (README.md#unknown-words).
    private static ResultWord JudgeFamily(string word) => word switch
    {
        "" => new(word, ResultClass.NeedsPerson,
            "MIM answered nothing at all", "look in the Application event log of the server for events of FIMSynchronizationService.")
        {
            Trace = RunTrace.Unknown,
        },
        _ when word.Contains(ResultTable.AnotherSynchronization, StringComparison.OrdinalIgnoreCase) => // wherever the code stands
            Table[ResultTable.AnotherSynchronizationRow] with { Raw = word },
        _ when Begins(word, ResultTable.CallFailure) => Table[ResultTable.CallFailure] with { Raw = word },
        _ when Begins(word, "completed-") => new(word, ResultClass.Findings,
            "The run completed with a finding that is not known here", "read the run in Synchronization Service Manager, Operations."),
        _ when Begins(word, "completing-") => new(word, ResultClass.StillRunning,
            "MIM is still completing the run", "wait until its status changes."),
        _ when Begins(word, ResultWord.NoStart) => new(word, ResultClass.NeedsPerson,
            "MIM refused to start the run for a cause that is not known here", "read the Application event log of the server."),
        _ when Begins(word, "stopped-") => new(word, ResultClass.NeedsPerson,
            "MIM stopped the run for a cause that is not known here", "read the run in Synchronization Service Manager, Operations."),
        _ => new(word, ResultClass.NeedsPerson,
            "MIM answered with a word that is not known here", "read the run in Synchronization Service Manager, Operations."),
    };

    private static bool Begins(string word, string prefix) => word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
