namespace MimHybrid.Store.Rows;

/// <summary>What is known of one guest: who it is now, and what happened.</summary>
/// <param name="Id">Graph's object id.</param>
/// <param name="Guest">As the tenant has the guest; null where the agent has forgotten it since.</param>
/// <param name="Changes">What happened, oldest first, the newest of it.</param>
public sealed record GuestStory(string Id, Guest? Guest, IReadOnlyList<StoryChange> Changes)
{
    /// <summary>The display name as last known.</summary>
    public string? Name => Guest?.Name ?? Changes.LastOrDefault(change => change.Change.Name is not null)?.Change.Name;

    /// <summary>The mail address as last known.</summary>
    public string? Mail => Guest?.Mail ?? Changes.LastOrDefault(change => change.Change.Mail is not null)?.Change.Mail;
}

/// <summary>A change of one guest, and the cycles that it was a cause of.</summary>
/// <param name="Change">What happened.</param>
/// <param name="CarriedBy">The cycle that carried it; null while it is pending.</param>
/// <param name="Cycles">Every cycle that was to carry it, oldest first: those before the last did not end well.</param>
public sealed record StoryChange(GuestChange Change, long? CarriedBy, IReadOnlyList<long> Cycles);

/// <summary>A later export by the run profile that had refused an account.</summary>
/// <param name="Cycle">The cycle in which it ran.</param>
/// <param name="Step">It, as the run log has it.</param>
public sealed record LaterExport(long Cycle, StepRecord Step);
