using System.Reflection;

namespace MimHybrid.Infra.Tests;

/// <summary>The folder <c>infra</c>, as files.</summary>
internal static class Infra
{
    public static string Root { get; } = Of("Repository");

    public static string Folder { get; } = Path.Combine(Root, "infra");

    public static string Bicep { get; } = Of(nameof(Bicep));

    /// <summary>By their paths from the folder.</summary>
    public static IEnumerable<string> Templates => Directory.EnumerateFiles(Folder, "*.bicep", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal);

    /// <summary>Parameter files; each is an example of a deployment.</summary>
    public static IEnumerable<string> Examples => Directory.EnumerateFiles(Folder, "*.bicepparam").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>The queries by name, without the line break at the end.</summary>
    public static Dictionary<string, string> Queries { get; } = Directory.EnumerateFiles(Path.Combine(Folder, "queries"), "*.kql")
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => File.ReadAllText(path).TrimEnd('\n'));

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Folder, .. path]));

    private static string Of(string key) => Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
