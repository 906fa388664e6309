namespace MimHybrid.Agent;

/// <summary>
/// A file that one process at a time has open: a lock that the operating system keeps, so it ends with the process, however that ends.
/// </summary>
internal sealed class ExclusiveFile : IDisposable
{
    /// <summary>What a file that another process has open is called: ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK on Linux.</summary>
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int WouldBlock = 11;

    private readonly FileStream stream;

    private ExclusiveFile(FileStream stream) => this.stream = stream;

    /// <summary>Opens the file, making it and its folder where they are missing. Null when another process has it.</summary>
    /// <exception cref="IOException">There can be no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not write there.</exception>
    public static ExclusiveFile? TryOpen(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new ExclusiveFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult is SharingViolation or WouldBlock)
        {
            return null;
        }
    }

    /// <summary>Whether another process has the file; one that is not there nobody has. Looking makes nothing.</summary>
    /// <exception cref="IOException">It cannot be seen.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not look.</exception>
    public static bool IsOpenElsewhere(string path)
    {
        try
        {
            using var _ = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException e) when (e.HResult is SharingViolation or WouldBlock)
        {
            return true;
        }
    }

    public void Dispose() => stream.Dispose();
}
