namespace MimHybrid.Store.Rows;

/// <summary>A change that a cycle carries, as far as it matters for what MIM should show of it.</summary>
/// <param name="Guest">Graph's object id.</param>
/// <param name="Kind">What happened.</param>
/// <param name="AfterCycle">Cycles after this one may have brought it into MIM already; null: it may have been there for years.</param>
/// <param name="ChangedSince">Graph has said something newer of this guest since the cycle's first import began.</param>
public sealed record ArrivalCause(string Guest, ChangeKind Kind, long? AfterCycle, bool ChangedSince);
