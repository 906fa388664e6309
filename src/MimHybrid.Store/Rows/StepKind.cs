namespace MimHybrid.Store.Rows;

/// <summary>What a run profile does to its management agent.</summary>
public enum StepKind
{
    Import,
    Synchronization,
    Export,
}
