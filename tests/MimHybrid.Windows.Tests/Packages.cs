using MimHybrid.Release;

namespace MimHybrid.Windows.Tests;

/// <summary>The packages of the product that was published.</summary>
internal static class Packages
{
    public static IReadOnlyList<ShippedPackage> Shipped() => ShippedPackages.Read(PublishedProduct.Dependencies, Cache);

    private static string Cache => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
        ? set
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
