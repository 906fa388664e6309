using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>How far a guest has come.</summary>
internal enum GuestStage
{
    /// <summary>Written to the directory, and read back from there.</summary>
    Confirmed,

    /// <summary>Written; nobody has read it back.</summary>
    Written,

    /// <summary>MIM took it up, and no directory had to be changed for it.</summary>
    NothingToWrite,

    /// <summary>In a trial: whatever else runs MIM makes the account.</summary>
    Observed,

    /// <summary>Pending: a cycle carries it next.</summary>
    Waiting,

    /// <summary>A cycle works on it now.</summary>
    Running,

    /// <summary>A directory refused the account.</summary>
    Refused,

    /// <summary>The cycles that were to carry it did not end well.</summary>
    Failing,

    /// <summary>MIM showed fewer guests than Graph said, and this may be one of them.</summary>
    Missing,

    /// <summary>No change of this guest is kept.</summary>
    Unknown,
}

/// <summary>One thing that happened, with MIM's run number where it was a run.</summary>
internal sealed record GuestEvent(DateTimeOffset At, string Text, long? Cycle = null, int? Run = null, bool IsBad = false);

/// <summary>The story of one guest, from the tenant to the directory, or to where it hangs.</summary>
internal sealed record GuestTale(GuestStory Story, GuestStage Stage, string Sentence)
{
    /// <summary>What was said about it.</summary>
    public string? Detail { get; init; }

    /// <summary>What a person does; null where nothing is to do.</summary>
    public string? Do { get; init; }

    public IReadOnlyList<GuestEvent> Events { get; init; } = [];

    /// <summary>Whether it waits for a person.</summary>
    public bool Hangs => Stage is GuestStage.Refused or GuestStage.Failing or GuestStage.Missing;
}
