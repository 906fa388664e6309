namespace MimHybrid.Graph.Delta;

/// <summary>One page of a delta round: its entries, and exactly one link.</summary>
/// <param name="Entries">The order means nothing, and an id may appear more than once (README.md#order-and-repetition).</param>
/// <param name="Link">The next page, or where the next round starts. Opaque: it goes back byte for byte, and never into a log.</param>
/// <param name="IsLast">The link is the delta link: the round is complete.</param>
public sealed record DeltaPage(IReadOnlyList<DeltaEntry> Entries, string Link, bool IsLast);

/// <summary>One page of a list of users.</summary>
/// <param name="Entries">In the order of the page.</param>
/// <param name="NextLink">The next page; null on the last.</param>
public sealed record ListPage(IReadOnlyList<DeltaEntry> Entries, string? NextLink);
