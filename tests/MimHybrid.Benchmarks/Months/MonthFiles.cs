using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MimHybrid.Benchmarks.Months;

/// <summary>Where the results go: the page, its picture, and all figures under <c>artifacts</c>.</summary>
internal static class MonthFiles
{
    private const string Begin = "<!-- month: made by the benchmark, from here -->";
    private const string End = "<!-- month: to here -->";

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static string Root { get; } = FindRoot();

    public static void WriteResults(MonthSetup setup, IReadOnlyList<MonthResult> results)
    {
        var file = Path.Combine(Root, "artifacts", "benchmarks", "month.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var machine = new { RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount };
        File.WriteAllText(file, JsonSerializer.Serialize(
            new { Benchmark = "month", Date = TimeProvider.System.GetUtcNow(), Commit = ReadCommit(), machine, setup, results }, Indented));
        Console.WriteLine(file);
    }

    public static void WritePage(string table, string picture)
    {
        var folder = Path.Combine(Root, "tests", "MimHybrid.Benchmarks");
        File.WriteAllText(Path.Combine(folder, "month.svg"), picture);
        var page = Path.Combine(folder, "README.md");
        var text = File.ReadAllText(page);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (to < from) throw new InvalidOperationException($"{page} has lost its marks: {Begin} and {End}");
        File.WriteAllText(page, string.Create(CultureInfo.InvariantCulture, $"{text[..from]}\n\n{table}\n{text[to..]}"));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MimHybrid.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The benchmark runs in its repository.");
    }

    private static string ReadCommit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, "rev-parse", "HEAD"]) { RedirectStandardOutput = true })!;
        var commit = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return commit;
    }
}
