using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>How far a guest has come.</summary>
public enum GuestStage
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

/// <summary>What a thing that happened was on the way from the tenant to the directory.</summary>
public enum GuestEventKind
{
    /// <summary>Beside the way: a cycle began, or ran some other profile.</summary>
    Other,

    /// <summary>In the tenant, by Graph's own time.</summary>
    Invited,

    Seen,
    Imported,
    Synchronized,
    Exported,

    /// <summary>What was written was read back.</summary>
    Confirmed,
}

/// <summary>One thing that happened, with MIM's run number where it was a run.</summary>
public sealed record GuestEvent(DateTimeOffset At, string Text, long? Cycle = null, int? Run = null, bool IsBad = false)
{
    public GuestEventKind Kind { get; init; }
}

/// <summary>The story of one guest, from the tenant to the directory, or to where it hangs.</summary>
public sealed record GuestTale(GuestStory Story, GuestStage Stage, string Sentence)
{
    /// <summary>What was said about it.</summary>
    public string? Detail { get; init; }

    /// <summary>What a person does; null where nothing is to do.</summary>
    public string? Do { get; init; }

    public IReadOnlyList<GuestEvent> Events { get; init; } = [];

    /// <summary>The guest, and whether the tenant still has it.</summary>
    public string Who
    {
        get
        {
            var name = GuestName.Of(Story.Name, Story.Mail, Story.Id);
            return Story.Guest switch
            {
                null => $"{name}, gone from the tenant",
                { State: GuestState.SoftDeleted } => $"{name}, in the tenant's deleted users",
                _ => name,
            };
        }
    }

    public Tone Tone => Hangs ? Tone.Bad : Stage == GuestStage.Confirmed ? Tone.Good : Tone.Plain;

    /// <summary>Whether it waits for a person.</summary>
    public bool Hangs => Stage is GuestStage.Refused or GuestStage.Failing or GuestStage.Missing;
}
