namespace MimHybrid.Testing;

/// <summary>
/// The folders of a test project that has this as its assembly's fixture lie in memory where the system has a place for that: a store waits
/// for the disk at each commit, and the scripts at each entry of their journal, and no test pulls the plug of the machine it runs on.
/// </summary>
public sealed class FoldersInMemory
{
    private const string Memory = "/dev/shm";
    private const long Enough = 1L << 30;

    public FoldersInMemory()
    {
        if (Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Enough)
            Environment.SetEnvironmentVariable("TMPDIR", Memory);
    }
}
