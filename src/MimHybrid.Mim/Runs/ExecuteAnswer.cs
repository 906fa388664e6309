using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>How a call of Execute ended: MIM's word, or a word of ours for why none arrived.</summary>
/// <param name="Word">The word, judged.</param>
/// <param name="Lost">The connection broke, so that the word says nothing of the run: it may have run, and may still run.</param>
internal sealed record ExecuteAnswer(ResultWord Word, bool Lost)
{
    /// <summary>The run outlasted the longest duration and we asked MIM to stop it.</summary>
    public bool StoppedByDeadline { get; init; }

    /// <summary>The run outlived our Stop as well: it is left to itself, and nobody waits for its end.</summary>
    public bool LeftToItself { get; init; }

    /// <summary>Nothing was started: whatever the history shows, it is not our run.</summary>
    public bool Refused =>
        !Lost && (Word.AnotherSynchronizationRuns || Begins(Word, "no-start-") || Begins(Word, "cim-") || Word.Is(ResultTable.AccessDenied));

    /// <summary>Somebody else was faster between our look and our call; worth waiting for.</summary>
    public bool SlippedIn => Word.AnotherSynchronizationRuns || Word.Is(ResultTable.AlreadyRunning);

    /// <summary>The provider has words of its own for a broken call: its connection to the service, not ours to it, is lost.</summary>
    public static ExecuteAnswer Of(string raw)
    {
        var word = ResultWords.Judge(raw);
        var broken = Begins(word, ResultTable.CallFailure) || word.Is(ResultTable.ConnectionFailure);
        return new(word, Lost: broken && !word.AnotherSynchronizationRuns);
    }

    /// <summary>Only a server that went away may have begun the run; every other failure comes before anything starts.</summary>
    public static ExecuteAnswer Of(CimFailure failure) =>
        new(ResultWords.Judge(failure), Lost: failure is CimFailure.Unreachable or CimFailure.Other);

    private static bool Begins(ResultWord word, string prefix) => word.Raw.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
