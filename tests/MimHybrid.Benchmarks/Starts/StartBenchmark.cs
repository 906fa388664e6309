using System.Globalization;
using System.IO.Compression;
using System.Text;
using MimHybrid.Benchmarks.Growth;
using MimHybrid.Store;

namespace MimHybrid.Benchmarks.Starts;

/// <summary>How long the published executable takes to its first word and to its first question, in each way of publishing it.</summary>
internal static class StartBenchmark
{
    private const int Times = 15;

    public static async Task<int> RunAsync()
    {
        var all = new List<StartFigures>();
        foreach (var kind in Enum.GetValues<PublishKind>()) all.Add(await MeasureAsync(kind));
        var wine = await MeasureUnderWineAsync();
        var table = Write(all, wine);
        Console.WriteLine(table);
        Results.WriteJson("start", new { figures = all, wine });
        Results.WriteTable("start", table);
        return 0;
    }

    /// <summary>--help, status, log and the connection for a first request, in milliseconds; empty where there is no Wine.</summary>
    private static async Task<double[]> MeasureUnderWineAsync()
    {
        using var wine = WineStart.TryOpen();
        if (wine is null) return [];
        var program = Path.Combine(Published.Folder(PublishKind.AsShipped, "win-x64"), "mimhybrid.exe");
        Progress.Say($"start: under Wine");
        var data = Directory.CreateTempSubdirectory("mimhybrid-start-").FullName;
        try
        {
            GrownStore.Make(data, cycles: 100, guests: 1000);
            AgentStore.Open(data).Dispose();
            double Take(params string[] arguments) => Repeated.Milliseconds(Times, () => WineStart.Run([program, .. arguments]));
            var first = new List<double>();
            for (var number = 0; number < Times / 2; number++) first.Add(await WineStart.FirstConnectionAsync(program, Path.Combine(data, $"{number}")));
            return
            [
                Take("--help"), Take("status", "--data", WineStart.PathOf(data)), Take("log", "--last", "5", "--data", WineStart.PathOf(data)),
                Repeated.Median(first),
            ];
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<StartFigures> MeasureAsync(PublishKind kind)
    {
        var program = Published.Executable(kind);
        Progress.Say($"start: {kind}");
        var data = Directory.CreateTempSubdirectory("mimhybrid-start-").FullName;
        try
        {
            GrownStore.Make(data, cycles: 100, guests: 1000);
            AgentStore.Open(data).Dispose();
            double Take(params string[] arguments) => Repeated.Milliseconds(Times, () => Published.Run(program, arguments));
            await using var world = await AgentWorld.OpenAsync();
            var first = new List<double>();
            for (var number = 0; number < Times / 2; number++) first.Add(await world.FirstRequestAsync(program));
            return new StartFigures(
                kind, Take("--help"), Take("status", "--data", data), Take("log", "--last", "5", "--data", data), Repeated.Median(first),
                new DirectoryInfo(Published.Folder(kind, "linux-x64")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6, Download(kind));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>All that a publish leaves for Windows Server, zipped as a release is.</summary>
    private static double Download(PublishKind kind)
    {
        var zip = Path.GetTempFileName();
        File.Delete(zip);
        ZipFile.CreateFromDirectory(Published.Folder(kind, "win-x64"), zip, CompressionLevel.SmallestSize, includeBaseDirectory: false);
        var size = new FileInfo(zip).Length;
        File.Delete(zip);
        return size / 1e6;
    }

    private static string Write(IReadOnlyList<StartFigures> all, double[] wine)
    {
        var text = new StringBuilder(
            "| published | `--help` | `status` | `log --last 5` | first request to Graph | on the disk, Linux | download, Windows |\n|---|---|---|---|---|---|---|\n");
        foreach (var one in all)
            text.Append(CultureInfo.InvariantCulture, $"| {Published.Describe(one.Kind)} | {Time(one.Help)} | {Time(one.Status)} | {Time(one.Log)} | {Time(one.FirstRequest)} | {one.OnDisk:0} MB | {one.Download:0} MB |\n");
        text.Append(wine is [var help, var status, var log, var connected]
            ? $"| as shipped for Windows, under Wine | {Time(help)} | {Time(status)} | {Time(log)} | {Time(connected)} to its connection | | |\n"
            : "| as shipped for Windows, under Wine | no Wine here | | | | | |\n");
        text.Append("| bar | 120 ms | 200 ms | | 800 ms | | 60 MB |\n");
        var shipped = all[0];
        string[] missed =
        [
            .. Missed("`--help`", shipped.Help, 120), .. Missed("`status`", shipped.Status, 200),
            .. Missed("the first request", shipped.FirstRequest, 800), .. Missed("the download", shipped.Download, 60),
        ];
        return text.Append(missed is [] ? "\nAs shipped, each bar is met.\n" : $"\nAs shipped, **not met**: {string.Join(", ", missed)}.\n").ToString();
    }

    private static IEnumerable<string> Missed(string name, double value, double bar) => value < bar ? [] : [name];

    private static string Time(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms");
}

/// <summary>Milliseconds and megabytes.</summary>
internal sealed record StartFigures(
    PublishKind Kind, double Help, double Status, double Log, double FirstRequest, double OnDisk, double Download);
