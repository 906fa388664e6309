using System.Reflection;

namespace MimHybrid.House.Tests;

/// <summary>The repository, as files.</summary>
internal static class House
{
    public static string Root { get; } = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;

    /// <summary>The source files below a folder, with their lines; what the compiler made is not ours.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Sources(string folder) => Directory
        .EnumerateFiles(System.IO.Path.Combine(Root, folder), "*.*", SearchOption.AllDirectories)
        .Where(path => System.IO.Path.GetExtension(path) is ".cs" or ".razor")
        .Select(path => (System.IO.Path.GetRelativePath(Root, path), File.ReadAllLines(path)));

    public static IEnumerable<string> Projects(string folder) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories);
}
