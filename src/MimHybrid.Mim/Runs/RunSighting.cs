using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>One look at a run of ours from outside: the agent's status, and the run in the history if it is there.</summary>
internal sealed record RunSighting
{
    /// <summary>The agent's status, which may be that of another run; null if the server did not answer.</summary>
    public ResultWord? Status { get; init; }

    /// <summary>The run's row; null if no run in the history is ours.</summary>
    public RunRecord? Record { get; init; }

    public RunDetails Details { get; init; } = new();

    /// <summary>Why the details of that row, or of one that could be ours, could not be read; empty if they were.</summary>
    public string Unread { get; init; } = "";

    /// <summary>The history was read, whatever it shows.</summary>
    public bool HistoryRead { get; init; }

    /// <summary>Why there is no row.</summary>
    public string Missing { get; init; } = "";

    /// <summary>The same without the name of who started another run; null where it names nobody.</summary>
    public string? MissingUnnamed { get; init; }

    /// <summary>The history was read and has no run of ours. False without a row: nobody knows.</summary>
    public bool Absent { get; init; }

    /// <summary>Looking again will not help: a row that could be ours was started by somebody else.</summary>
    public bool Foreign { get; init; }

    /// <summary>Who MIM says started the only run that can be the one we started, where our account is said to be another.</summary>
    public string OtherCaller { get; init; } = "";

    /// <summary>There is a row, or it is known that there is none. What cannot be read yet may be read in a moment.</summary>
    public bool Answered => HistoryRead && (Record is not null || Unread.Length == 0);

    /// <summary>The history has the run with its end: its counters are the last ones. Waiting does not mend damaged details.</summary>
    public bool Complete =>
        Settled(Record?.Status) && (Details.EndedAt is not null || (IsDefective && Record?.EndedAt is not null));

    /// <summary>The result, from the run's own row if that has one and else from the agent's status; null while it runs.</summary>
    public ResultWord? Result => Settled(Record?.Status) ? Record?.Status : Settled(Status) ? Status : null;

    private bool IsDefective => Details.Defect.Length > 0 || Unread.Length > 0;

    private static bool Settled(ResultWord? word) => word is { Raw.Length: > 0, Class: not ResultClass.StillRunning };
}
