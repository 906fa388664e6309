namespace MimHybrid.Mim;

/// <summary>Objects that wait in a management agent's connector space: imports for a synchronization, exports for an export run.</summary>
public sealed record PendingCounts(
    long ImportAdds, long ImportUpdates, long ImportDeletes,
    long ExportAdds, long ExportUpdates, long ExportDeletes)
{
    public long Imports => ImportAdds + ImportUpdates + ImportDeletes;
    public long Exports => ExportAdds + ExportUpdates + ExportDeletes;
}
