using System.IO.Compression;
using System.Text;

namespace MimHybrid.Release;

/// <summary>
/// A zip of which every byte follows from its contents and one time. It holds the checksums of its files, which Install-MimHybrid.ps1 and
/// Update-MimHybrid.ps1 compare before they change anything.
/// </summary>
internal static class ReleaseZip
{
    private const int Permissions = 0b110_100_100; // rw-r--r--
    private const int RegularFile = 0b1000 << 12;

    public static void Write(string path, string folder, IEnumerable<(string Name, string Path)> more, DateTimeOffset time)
    {
        var files = ShippedFile.Names(folder).Select(name => (Name: name, Path: Path.Combine(folder, name))).Concat(more)
            .OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, source) in files)
        {
            using var from = File.OpenRead(source);
            Add(zip, name, from, time);
        }

        using var sums = new MemoryStream(Encoding.UTF8.GetBytes(ChecksumList.Write(files)));
        Add(zip, ChecksumList.Name, sums, time);
    }

    private static void Add(ZipArchive zip, string name, Stream from, DateTimeOffset time)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = new DateTimeOffset(time.UtcDateTime, TimeSpan.Zero); // a zip has no time zone, so UTC everywhere; it counts in twos of seconds
        entry.ExternalAttributes = (RegularFile | Permissions) << 16;
        using var to = entry.Open();
        from.CopyTo(to);
    }
}
