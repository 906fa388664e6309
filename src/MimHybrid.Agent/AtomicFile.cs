namespace MimHybrid.Agent;

/// <summary>A file that another program waits for: it is there whole, or as it was before.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Written beside its place under this ending first, and flushed, so that neither a crash nor a power cut leaves half of it.
    /// </summary>
    public const string Unfinished = ".part";

    /// <exception cref="IOException">It cannot be written, or is a device, whose place a file would take.</exception>
    public static void Write(string path, IEnumerable<string> lines)
    {
        if (IsDevice(Path.GetFullPath(path))) throw new IOException("it is a device");
        var part = path + Unfinished;
        try
        {
            using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                using (var writer = new StreamWriter(file, leaveOpen: true))
                {
                    foreach (var line in lines) writer.WriteLine(line);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>As NUL on Windows (https://learn.microsoft.com/windows/win32/fileio/naming-a-file), or /dev/null.</summary>
    private static bool IsDevice(string path) => OperatingSystem.IsWindows()
        ? path.StartsWith(@"\\.\", StringComparison.Ordinal)
        : path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
