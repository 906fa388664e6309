using MimHybrid.Core.RunLog;

namespace MimHybrid.Core.Cycles;

/// <summary>What a cycle came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Failure">Why it did not end well, for people; null when it did, or when our own shutdown stopped it.</param>
/// <param name="NeedsPerson">Whether waiting alone will not mend it.</param>
/// <param name="HeldDeletes">How many deletions the removal guard held before the export; null when it held none.</param>
public sealed record CycleEnd(CycleOutcome Outcome, string? Failure = null, bool NeedsPerson = false, long? HeldDeletes = null);
