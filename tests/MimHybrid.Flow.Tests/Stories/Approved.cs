using System.Reflection;
using System.Runtime.CompilerServices;

namespace MimHybrid.Flow.Tests.Stories;

/// <summary>
/// Texts that a person has read and approved, one file each beside the tests. A text that differs fails its test; to approve the new one,
/// run the test with <c>MIMHYBRID_APPROVE=1</c>, read what git shows as changed, and commit it.
/// </summary>
internal static class Approved
{
    private const string Switch = "MIMHYBRID_APPROVE";

    private static readonly string Folder = Repository.In("tests", Assembly.GetExecutingAssembly().GetName().Name!, "Approved");

    public static async Task MatchesAsync(string text, [CallerMemberName] string story = "")
    {
        var path = Path.Combine(Folder, $"{story}.txt");
        if (Environment.GetEnvironmentVariable(Switch) == "1") await File.WriteAllTextAsync(path, text);

        Assert.True(File.Exists(path), $"Nobody has approved {path}. Run this test once with {Switch}=1, read the file, and commit it.");
        Assert.Equal(await File.ReadAllTextAsync(path), text, ignoreLineEndingDifferences: true);
    }
}
