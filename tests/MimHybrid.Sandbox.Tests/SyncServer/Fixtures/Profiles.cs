namespace MimHybrid.Sandbox.Tests.SyncServer.Fixtures;

internal static class Profiles
{
    public const string FullImport = "Full Import (Stage Only)";
    public const string DeltaImport = "Delta Import (Stage Only)";
    public const string FullSynchronization = "Full Synchronization";
    public const string DeltaSynchronization = "Delta Synchronization";
    public const string Export = "Export";
}
