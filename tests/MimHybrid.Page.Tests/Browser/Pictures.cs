using System.Reflection;

namespace MimHybrid.Page.Tests.Browser;

/// <summary>Where README's pictures lie.</summary>
internal static class Pictures
{
    private static readonly string House = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == nameof(House)).Value!;

    public static string Folder { get; } = Path.Combine(House, "src", "MimHybrid.Agent", "Pictures");
}
