namespace MimHybrid.Store.Rows;

/// <summary>What a person is shown before approving it: nothing beyond it is approved.</summary>
/// <param name="ThroughChange">The number of the last change that was there when it was shown.</param>
/// <param name="Removals">Removals of guests that Graph named and nobody has approved.</param>
/// <param name="Staged">Deletions that imports had staged; null when none are held.</param>
/// <param name="Export">Deletions that wait for export; null when none are held.</param>
public sealed record HeldRemovals(long ThroughChange, long Removals, HeldDeletes? Staged, HeldDeletes? Export)
{
    /// <summary>The guests removed, the first of them.</summary>
    public IReadOnlyList<GuestChange> Guests { get; init; } = [];
}
