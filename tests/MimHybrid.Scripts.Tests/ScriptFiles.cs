namespace MimHybrid.Scripts.Tests;

/// <summary>The scripts of the repository, as files.</summary>
internal static class ScriptFiles
{
    public static string Folder { get; } = Repository.In("scripts");

    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.ps*1", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>What an administrator starts: the scripts at the top.</summary>
    public static IReadOnlyList<string> Entrances { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.ps1").Order(StringComparer.Ordinal)];
}
