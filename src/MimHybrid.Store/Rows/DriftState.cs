namespace MimHybrid.Store.Rows;

/// <summary>When the guests known were compared with the tenant's, and how the counts in between came out.</summary>
/// <param name="ReconciledAt">The last comparison, one by one, UTC.</param>
/// <param name="CountedAt">The last count, UTC.</param>
public sealed record DriftState(DateTimeOffset ReconciledAt, DateTimeOffset CountedAt)
{
    /// <summary>Counts in a row that did not agree.</summary>
    public int Disagreements { get; init; }

    /// <summary>What Graph counted last.</summary>
    public long? Counted { get; init; }

    /// <summary>What Graph counted beyond the guests known when a comparison one by one found nothing more: no news any longer.</summary>
    public long AcceptedOffset { get; init; }

    public static DriftState ComparedAt(DateTimeOffset now) => new(now, now);
}

/// <summary>A guest who is known otherwise than the list has them.</summary>
/// <param name="Id">Graph's object id.</param>
/// <param name="Listed">The digest, name and mail in the list; null for a guest who is missing there.</param>
public sealed record GuestDifference(string Id, (string Digest, string? Name, string? Mail)? Listed)
{
    /// <summary>Why the guest is in the list and does not count; null for any other difference.</summary>
    public IgnoredBecause? Outside { get; init; }
}
