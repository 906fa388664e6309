using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>What one run came to.</summary>
public sealed record RunReport
{
    /// <summary>The judged word: the worse of what Execute answered and what the run's steps say.</summary>
    public required ResultWord Result { get; init; }

    /// <summary>Null: the start was refused and left no row, or no run in the history could be identified as ours.</summary>
    public int? RunNumber { get; init; }

    /// <summary>MIM's history was read and has no run that could be this one. False without a number: the history does not tell.</summary>
    internal bool Absent { get; init; }

    /// <summary>UTC; from the run details where they are known, else from our clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC; from the run details where they are known, else from our clock.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>What the run profile really did, step by step; empty where the details do not say.</summary>
    public IReadOnlyList<RunStep> Steps { get; init; } = [];

    /// <summary>Zero everywhere if <see cref="CountersKnown"/> is false: then a zero says nothing.</summary>
    public RunCounters Counters { get; init; } = RunCounters.None;

    /// <summary>
    /// Why there are no counters to trust, e.g. the start was refused or the details are damaged; empty if there are. Names nobody.
    /// </summary>
    public string CountersMissing { get; init; } = "";

    public bool CountersKnown => CountersMissing.Length == 0;

    /// <summary>The first errors, as many as <see cref="SyncServerSettings.ErrorsKept"/>.</summary>
    public IReadOnlyList<RunError> Errors { get; init; } = [];

    /// <summary>All errors, kept or not.</summary>
    public long ErrorCount { get; init; }

    /// <summary>
    /// Who MIM says started the run that this program has just run, where <see cref="SyncServerSettings.Account"/> says another: that
    /// setting is wrong. Empty where they agree or nobody knows.
    /// </summary>
    public string OtherCaller { get; init; } = "";

    /// <summary>The run outlasted <see cref="SyncServerSettings.LongestRun"/> and we stopped it.</summary>
    public bool StoppedByDeadline { get; init; }
}
