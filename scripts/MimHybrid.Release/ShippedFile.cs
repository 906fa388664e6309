using System.Security.Cryptography;

namespace MimHybrid.Release;

/// <summary>A file of the product.</summary>
/// <param name="Path">Relative to the product's folder, with slashes.</param>
internal sealed record ShippedFile(string Path, string Sha1, string Sha256)
{
    /// <summary>All files below a folder, in an order that no file system decides.</summary>
    public static IReadOnlyList<ShippedFile> ReadAll(string folder) => [.. Names(folder).Select(name => Read(folder, name))];

    public static IEnumerable<string> Names(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static ShippedFile Read(string folder, string name)
    {
        var content = File.ReadAllBytes(System.IO.Path.Combine(folder, name));
#pragma warning disable CA5350 // SPDX 2.3 (8.4) demands SHA-1 of every file; SHA-256 stands beside it
        return new ShippedFile(name, Convert.ToHexStringLower(SHA1.HashData(content)), Convert.ToHexStringLower(SHA256.HashData(content)));
#pragma warning restore CA5350
    }
}
