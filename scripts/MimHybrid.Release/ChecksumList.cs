using System.Security.Cryptography;

namespace MimHybrid.Release;

/// <summary>SHA256SUMS: a line for each file, as sha256sum writes and checks it; names with slashes.</summary>
internal static class ChecksumList
{
    public const string Name = "SHA256SUMS";

    public static string Write(IEnumerable<(string Name, string Path)> files) => string.Concat(files.Select(file => $"{Sha256(file.Path)}  {file.Name}\n"));

    private static string Sha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
