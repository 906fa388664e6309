namespace MimHybrid.Core.RunLog;

/// <summary>Guests by what happened to them.</summary>
/// <param name="Added">Added or restored; in MIM projected or joined.</param>
/// <param name="Updated">Changed; in MIM connectors that were worked on. Null: cannot be told.</param>
/// <param name="Removed">Removed; in MIM disconnected.</param>
public sealed record GuestCounts(long Added, long? Updated, long Removed);

/// <summary>What Graph said and what MIM's synchronization of the guests' management agent showed, side by side.</summary>
public sealed record ArrivalRecord
{
    /// <summary>What Graph said, each guest once, whatever happened to it in between.</summary>
    public required GuestCounts Expected { get; init; }

    /// <summary>What MIM did; null where its counters are not known.</summary>
    public GuestCounts? Seen { get; init; }

    /// <summary>Guests that MIM should have shown and did not.</summary>
    public long Missing { get; init; }

    /// <summary>Why fewer seen than expected is no proof that any is missing; null where there is nothing to explain.</summary>
    public string? Explanation { get; init; }
}
