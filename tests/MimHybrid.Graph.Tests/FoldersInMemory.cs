using System.Runtime.CompilerServices;

namespace MimHybrid.Graph.Tests;

/// <summary>
/// The folders of these tests lie in memory where the system has a place for that: a store waits for the disk at each commit, and the scripts at
/// each entry of their journal, and no test pulls the plug of the machine it runs on.
/// </summary>
internal static class FoldersInMemory
{
    private const string Memory = "/dev/shm";
    private const long Enough = 1L << 30;

    [ModuleInitializer]
    public static void Use()
    {
        if (Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Enough) Environment.SetEnvironmentVariable("TMPDIR", Memory);
    }
}
