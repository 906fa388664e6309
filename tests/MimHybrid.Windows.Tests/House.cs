using System.Reflection;

namespace MimHybrid.Windows.Tests;

/// <summary>The repository, as files.</summary>
internal static class House
{
    public static string Root { get; } = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;

    public static string In(params string[] path) => Path.Combine([Root, .. path]);
}
