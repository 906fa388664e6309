using System.IO.Compression;

namespace MimHybrid.Release;

/// <summary>A zip of which every byte follows from its contents and one time.</summary>
internal static class ReleaseZip
{
    private const int Permissions = 0b110_100_100; // rw-r--r--
    private const int RegularFile = 0b1000 << 12;

    public static void Write(string path, string folder, IEnumerable<(string Name, string Path)> more, DateTimeOffset time)
    {
        // A zip has no time zone: it is UTC everywhere. It counts in twos of seconds.
        var stamp = new DateTimeOffset(time.UtcDateTime, TimeSpan.Zero);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        var files = ShippedFile.Names(folder).Select(name => (Name: name, Path: Path.Combine(folder, name))).Concat(more);
        foreach (var (name, source) in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
            entry.LastWriteTime = stamp;
            entry.ExternalAttributes = (RegularFile | Permissions) << 16;
            using var from = File.OpenRead(source);
            using var to = entry.Open();
            from.CopyTo(to);
        }
    }
}
