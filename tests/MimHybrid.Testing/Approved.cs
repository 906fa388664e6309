using System.Runtime.CompilerServices;

namespace MimHybrid.Testing;

/// <summary>
/// Texts that a person has read and approved, one file each. A text that differs fails its test; to approve the new one, run the test with
/// <c>MIMHYBRID_APPROVE=1</c>, read what git shows as changed, and commit it.
/// </summary>
public static class Approved
{
    private const string Switch = "MIMHYBRID_APPROVE";

    /// <summary>Where those of the running tests' project lie.</summary>
    public static string Folder => Repository.In("tests", Path.GetFileNameWithoutExtension(TestContext.Current.TestAssembly!.AssemblyPath), "Approved");

    public static Task MatchesAsync(string text, [CallerMemberName] string story = "") => FileMatchesAsync(Path.Combine(Folder, $"{story}.txt"), text);

    public static async Task FileMatchesAsync(string path, string text)
    {
        if (Environment.GetEnvironmentVariable(Switch) == "1") await File.WriteAllTextAsync(path, text);

        Assert.True(File.Exists(path), $"Nobody has approved {path}. Run this test once with {Switch}=1, read the file, and commit it.");
        Assert.Equal(await File.ReadAllTextAsync(path), text, ignoreLineEndingDifferences: true);
    }
}
