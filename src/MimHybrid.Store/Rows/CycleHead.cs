namespace MimHybrid.Store.Rows;

/// <summary>A cycle for whoever looks at thousands: with the steps that ran, without its causes.</summary>
/// <param name="Cycle">The cycle.</param>
/// <param name="HasCauses">Whether guest changes caused it.</param>
public sealed record CycleHead(CycleRecord Cycle, bool HasCauses);

/// <summary>What cycles are told apart by.</summary>
public sealed record RunLogNames(IReadOnlyList<string> Functions, IReadOnlyList<string> Sequences);

/// <summary>A guest who came, and the cycle that carried the guest.</summary>
/// <param name="Cycle">The cycle's number.</param>
/// <param name="DetectedAt">When the round that showed the guest was read, UTC.</param>
public sealed record CarriedArrival(long Cycle, DateTimeOffset DetectedAt);
