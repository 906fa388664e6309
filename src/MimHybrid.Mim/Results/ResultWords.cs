using System.Collections.Frozen;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Mim.Results;

/// <summary>Judges the words that MIM returns. The words and what they mean are data: see <see cref="ResultTable"/>.</summary>
public static class ResultWords
{
    /// <summary>See <see cref="ResultWord.ImportIncomplete"/>.</summary>
    public const string CompletedDiscoveryErrors = "completed-discovery-errors";

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

    /// <summary>Judges a call that never reached MIM, in words of ours that begin with <c>cim-</c>.</summary>
    public static ResultWord Judge(CimFailure failure) => Judge(ResultTable.WordFor(failure));

    /// <summary>What stands behind a word by which a method says that it could not do what it was asked for; null for any other answer.</summary>
    internal static CimFailure? FailureOf(ReadOnlySpan<char> answer) => answer.Trim() switch // run details are answers too, and may be very long
    {
        ResultTable.AccessDenied => CimFailure.AccessDenied,
        ResultTable.ConnectionFailure => CimFailure.Unreachable,
        var word when word.StartsWith(ResultTable.CallFailure, StringComparison.OrdinalIgnoreCase) => CimFailure.Other,
        _ => null,
    };

    /// <summary>The worse of two; an incomplete import is worse than other findings, as its deletions cannot be trusted.</summary>
    internal static ResultWord Worse(ResultWord one, ResultWord other) => Rank(other) > Rank(one) ? other : one;

    private static int Rank(ResultWord word) => ((int)word.Class * 2) + (word.ImportIncomplete ? 1 : 0);

    // The rule for words that nobody has listed (README.md#unknown-words).
    private static ResultWord JudgeFamily(string word) => word switch
    {
        "" => new(word, ResultClass.NeedsPerson,
            "MIM answered nothing at all; look into the Application event log of the server for events of FIMSynchronizationService."),
        _ when IsCallFailure(word) => word.Contains(ResultTable.AnotherSynchronization, StringComparison.OrdinalIgnoreCase)
            ? Table[ResultTable.AnotherSynchronizationRow] with { Raw = word }
            : Table[ResultTable.CallFailure] with { Raw = word },
        _ when Begins(word, "completed-") => new(word, ResultClass.Findings,
            "The run completed with a finding that is not known here; read the run in Synchronization Service Manager, Operations."),
        _ when Begins(word, "completing-") => new(word, ResultClass.StillRunning,
            "MIM is still completing the run; wait until its status changes."),
        _ when Begins(word, "no-start-") => new(word, ResultClass.NeedsPerson,
            "MIM refused to start the run for a cause that is not known here; read the Application event log of the server."),
        _ when Begins(word, "stopped-") => new(word, ResultClass.NeedsPerson,
            "MIM stopped the run for a cause that is not known here; read the run in Synchronization Service Manager, Operations."),
        _ => new(word, ResultClass.NeedsPerson,
            "MIM answered with a word that is not known here; read the run in Synchronization Service Manager, Operations."),
    };

    private static bool IsCallFailure(string word) => Begins(word, ResultTable.CallFailure);

    private static bool Begins(string word, string prefix) => word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
