namespace MimHybrid.Agent;

/// <summary>
/// The folder that an administrator sees: with the executable and its settings. As published, what the executable is made of lies below it,
/// in <c>lib</c> (Publish.targets).
/// </summary>
internal static class ProgramFolder
{
    private const string Library = "lib";

    public static string Path { get; } = Of(AppContext.BaseDirectory);

    /// <param name="binaries">Where the assemblies are.</param>
    internal static string Of(string binaries)
    {
        var folder = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(binaries));
        return System.IO.Path.GetFileName(folder) == Library ? System.IO.Path.GetDirectoryName(folder)! : folder;
    }
}
