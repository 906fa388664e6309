using System.IO.Compression;
using System.Security.Cryptography;
using MimHybrid.Release;

namespace MimHybrid.Windows.Tests;

/// <summary>The zip depends on its contents and the commit's time. That the contents do not differ either, <c>prove</c> shows in CI.</summary>
public sealed class ReleaseZipTests : IDisposable
{
    private static readonly DateTimeOffset Committed = new(2026, 11, 26, 23, 30, 41, TimeSpan.FromHours(-5));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mimhybrid-zip-");

    [Fact]
    public void The_same_files_give_the_same_bytes_whenever_and_in_whatever_order_they_were_written()
    {
        var first = Zip("first", ["b.txt", "a.txt", "scripts/c.ps1"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var second = Zip("second", ["scripts/c.ps1", "a.txt", "b.txt"], new DateTime(2025, 6, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void Its_files_are_in_order_with_their_checksums_last_and_of_the_commits_time()
    {
        using var zip = ZipFile.OpenRead(Zip("any", ["b.txt", "scripts/c.ps1"], DateTime.UnixEpoch));

        Assert.Equal(["b.txt", "bill.json", "scripts/c.ps1", "SHA256SUMS"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(new DateTime(2026, 11, 27, 4, 30, 40, DateTimeKind.Unspecified), entry.LastWriteTime.DateTime));
    }

    [Fact]
    public void Unzipped_it_can_be_checked_by_the_list_that_lies_in_it()
    {
        var target = Path.Combine(folder.FullName, "unzipped");
        ZipFile.ExtractToDirectory(Zip("any", ["b.txt", "scripts/c.ps1"], DateTime.UnixEpoch), target);

        var listed = File.ReadAllLines(Path.Combine(target, "SHA256SUMS"));

        Assert.Equal(["b.txt", "bill.json", "scripts/c.ps1"], listed.Select(line => line[66..]));
        Assert.All(listed, line => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(target, line[66..])))) + "  ", line[..66]));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Zip(string name, string[] files, DateTime written)
    {
        var content = Path.Combine(folder.FullName, name);
        foreach (var file in files)
        {
            var path = Path.Combine(content, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file);
            File.SetLastWriteTimeUtc(path, written);
        }

        var bill = Path.Combine(folder.FullName, "bill.json");
        File.WriteAllText(bill, "{}");
        var zip = Path.Combine(folder.FullName, $"{name}.zip");
        ReleaseZip.Write(zip, content, [("bill.json", bill)], Committed);
        return zip;
    }
}
