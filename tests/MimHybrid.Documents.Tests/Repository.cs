using System.Reflection;

namespace MimHybrid.Documents.Tests;

/// <summary>The repository, as files.</summary>
internal static class Repository
{
    /// <summary>What the build makes is not ours, and what begins with a dot holds no documents.</summary>
    private static readonly string[] NotOurs = ["artifacts", "bin", "obj"];

    public static string Root { get; } = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == nameof(Repository)).Value!;

    /// <summary>As Directory.Build.props says it, from where the executable has it.</summary>
    public static string Version { get; } = typeof(MimHybrid.Agent.Commands.CommandLine).Assembly.GetName().Version!.ToString(3);

    /// <summary>Every Markdown file, by its path from the root.</summary>
    public static IReadOnlyList<string> Documents { get; } =
    [
        .. Below(Root).Where(path => path.EndsWith(".md", StringComparison.OrdinalIgnoreCase)).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The folders at the top: a word that begins with one of them is meant as a path from there.</summary>
    private static readonly HashSet<string> Folders = [.. Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)).Except(NotOurs)];

    public static string In(params string[] path) => Path.Combine([Root, .. path]);

    public static bool IsPath(string word) => word.Split('/') is [var first, _, ..] && Folders.Contains(first);

    public static IEnumerable<string> MissingFiles(IEnumerable<string> words) =>
        words.Where(word => IsPath(word) && !Path.Exists(In(word))).Select(word => $"{word} is not there");

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder).Where(child => !NotOurs.Contains(Path.GetFileName(child)) && !Path.GetFileName(child).StartsWith('.')).SelectMany(Below));
}
