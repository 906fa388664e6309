namespace MimHybrid.Store.Rows;

/// <summary>Why a cycle begins.</summary>
/// <param name="Function">The function that starts it.</param>
/// <param name="Trigger">That function's trigger.</param>
/// <param name="Sequence">The sequence that it runs.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Request">The forced request that it serves; null where nobody forced it.</param>
public sealed record CycleStart(string Function, TriggerKind Trigger, string Sequence, string Reason, ForcedRequest? Request)
{
    /// <summary>The reason without naming a person; null where it names nobody.</summary>
    public string? ReasonUnnamed { get; init; }
}
