namespace MimHybrid.Store.Rows;

/// <summary>What earlier synchronizations brought beyond what was expected of them; null: cannot be told, it may be anything.</summary>
public sealed record EarlierArrivals(long? Added, long? Updated, long? Removed);
