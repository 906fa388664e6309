namespace MimHybrid.Store.Rows;

/// <summary>Who ended a cycle that did not fail by itself. Neither says anything about the sync server.</summary>
public enum StoppedBy
{
    /// <summary>A person stopped its run.</summary>
    Person,

    /// <summary>The removal guard let it go no further.</summary>
    RemovalGuard,
}

/// <summary>What a cycle came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Failure">Why it did not end well, for people; null when it did, or when our own shutdown stopped it.</param>
/// <param name="NeedsPerson">Whether waiting alone will not mend it.</param>
public sealed record CycleEnd(CycleOutcome Outcome, string? Failure = null, bool NeedsPerson = false)
{
    /// <summary>Our own shutdown ended it: nobody's failure.</summary>
    public static CycleEnd Shutdown { get; } = new(CycleOutcome.Stopped);

    /// <summary>The failure as it reads below its step, which says already what to do about it; null where that step does not.</summary>
    public string? Brief { get; init; }

    /// <summary>Null where the cycle ended by itself, well or badly.</summary>
    public StoppedBy? StoppedBy { get; init; }

    /// <summary>Guests that MIM had connected at the good end; null where it was not asked.</summary>
    public long? ConnectedGuests { get; init; }

    /// <summary>The management agent on which the removal guard held deletions; null when it held none.</summary>
    public string? HeldOn { get; init; }

    /// <summary>How many deletions the removal guard held before an export; null when it held none.</summary>
    public long? HeldDeletes { get; init; }

    /// <summary>How many deletions, staged by an import, the removal guard held before a synchronization; null when it held none.</summary>
    public long? HeldStagedDeletes { get; init; }
}
