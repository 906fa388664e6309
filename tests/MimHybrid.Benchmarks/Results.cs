using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MimHybrid.Benchmarks;

/// <summary>
/// Where the results of a benchmark go: a table between its marks in the README, and all figures under <c>artifacts</c>, with machine,
/// commit and date.
/// </summary>
internal static class Results
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the README, and of pictures that it shows.</summary>
    public static string PageFolder { get; } = Path.Combine(Root, "tests", "MimHybrid.Benchmarks");

    public static string FileOf(string name) => Path.Combine(Root, "artifacts", "benchmarks", $"{name}.json");

    /// <param name="name">The benchmark, as it is called on the command line.</param>
    /// <param name="figures">What it was given and what it found; its properties stand in the file beside the machine's.</param>
    public static void WriteJson(string name, object figures)
    {
        var file = FileOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var result = JsonSerializer.SerializeToNode(
            new { Benchmark = name, Date = TimeProvider.System.GetUtcNow(), Commit = ReadCommit(), machine = Machine() }, Indented)!.AsObject();
        foreach (var (key, value) in JsonSerializer.SerializeToNode(figures, Indented)!.AsObject()) result[key] = value?.DeepClone();
        File.WriteAllText(file, result.ToJsonString(Indented));
        Console.WriteLine(file);
    }

    /// <summary>Replaces what stands in the README between the marks of this benchmark.</summary>
    public static void WriteTable(string name, string markdown)
    {
        var (begin, end) = ($"<!-- {name}: made by the benchmark, from here -->", $"<!-- {name}: to here -->");
        var page = Path.Combine(PageFolder, "README.md");
        var text = File.ReadAllText(page);
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from) throw new InvalidOperationException($"{page} has lost its marks: {begin} and {end}");
        File.WriteAllText(page, string.Create(CultureInfo.InvariantCulture, $"{text[..(from + begin.Length)]}\n\n{markdown}\n{text[to..]}"));
    }

    private static object Machine() =>
        new { RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount };

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
