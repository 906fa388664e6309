using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>How a call of Execute ended: MIM's word, or a word of ours for why none arrived.</summary>
/// <param name="Word">The word, judged.</param>
internal sealed record ExecuteAnswer(ResultWord Word)
{
    /// <summary>What CIM itself said of a call that broke; empty where there was a word.</summary>
    public string Said { get; init; } = "";

    /// <summary>The run outlasted the longest duration and we asked MIM to stop it.</summary>
    public bool StoppedByDeadline { get; init; }

    /// <summary>The run outlived our Stop as well: it is left to itself, and nobody waits for its end.</summary>
    public bool LeftToItself { get; init; }

    /// <summary>The connection broke, so that the word says nothing of the run: it may have run, and may still run.</summary>
    public bool Lost => Word.Trace == RunTrace.Unknown;

    /// <summary>Nothing was started: whatever the history shows, it is not our run.</summary>
    public bool Refused => Word.NeverStarted;

    /// <summary>The provider has words of its own for a broken call: its connection to the service, not ours to it, is lost.</summary>
    public static ExecuteAnswer Of(string raw) => new(ResultWords.Judge(raw));

    public static ExecuteAnswer Of(CimConnectionException failure) => new(ResultWords.Judge(failure.Failure)) { Said = failure.Message };
}
