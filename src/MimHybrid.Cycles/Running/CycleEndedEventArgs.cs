using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>A cycle has ended.</summary>
public sealed class CycleEndedEventArgs(CycleRecord cycle) : EventArgs
{
    /// <summary>What the run log says of it.</summary>
    public CycleRecord Cycle { get; } = cycle;
}
