using System.Text.Json.Nodes;
using MimHybrid.Benchmarks.Growth;
using MimHybrid.Benchmarks.Latency;
using MimHybrid.Benchmarks.Months;
using MimHybrid.Benchmarks.Rests;
using MimHybrid.Benchmarks.Starts;

namespace MimHybrid.Benchmarks;

/// <summary>One after the other, each with its table and its file, and all files in one.</summary>
internal static class AllBenchmarks
{
    private static readonly (string Name, Func<Task<int>> Run)[] All =
    [
        ("latency", LatencyBenchmark.RunAsync),
        ("pages", () => PageBenchmark.RunAsync(users: 200_000)),
        ("growth", () => Task.FromResult(GrowthBenchmark.Run())),
        ("page", () => BrowserBenchmark.RunAsync(cycles: 200_000, guests: 1_000_000)),
        ("start", StartBenchmark.RunAsync),
        ("rest", RestBenchmark.RunAsync),
        ("scale", () => ScaleBenchmark.RunAsync(members: 1_000_000, guests: 50_000)),
        ("month", () => Task.FromResult(MonthBenchmark.Run([]))),
    ];

    public static async Task<int> RunAsync()
    {
        var took = new Dictionary<string, double>();
        var results = new JsonObject();
        foreach (var (name, run) in All)
        {
            Progress.Say($"== {name}");
            var before = TimeProvider.System.GetTimestamp();
            if (await run() is var code && code != 0) return code;
            took[name] = Math.Round(TimeProvider.System.GetElapsedTime(before).TotalSeconds, 1);
            results[name] = JsonNode.Parse(await File.ReadAllTextAsync(Results.FileOf(name)));
        }

        Results.WriteJson("all", new { seconds = took, results });
        var minutes = took.Values.Sum() / 60;
        Progress.Say($"all: {minutes:0.0} min ({string.Join(", ", took.Select(one => FormattableString.Invariant($"{one.Key} {one.Value:0} s")))})");
        return 0;
    }
}
