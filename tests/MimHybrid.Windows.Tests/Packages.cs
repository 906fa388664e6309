using MimHybrid.Release;

namespace MimHybrid.Windows.Tests;

/// <summary>The packages of the product that was published.</summary>
internal static class Packages
{
    public static IReadOnlyList<ShippedPackage> Shipped() => ShippedPackages.Read(PublishedProduct.Dependencies, Cache);

    /// <summary>Where NuGet has unpacked the one of this name that was shipped.</summary>
    public static string FolderOf(string id) => Path.Combine(Cache, id.ToLowerInvariant(), Shipped().Single(package => package.Id == id).Version);

    private static string Cache => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
        ? set
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
