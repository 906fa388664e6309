using System.Globalization;
using System.Text;
using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Settings;
using MimHybrid.Page.Serving;
using MimHybrid.Store;

namespace MimHybrid.Benchmarks.Growth;

/// <summary>What <c>mimhybrid page</c> takes over a store of years, asked over HTTP on this machine: the first time, and again.</summary>
internal static class BrowserBenchmark
{
    /// <summary>Odd, so that one of them is the median.</summary>
    private const int Times = 11;

    private const double Bar = 200;

    public sealed record Place(string Name, double First, double Again, int Kilobytes);

    public static async Task<int> RunAsync(int cycles, int guests)
    {
        var folder = Directory.CreateTempSubdirectory("mimhybrid-browser-").FullName;
        try
        {
            Progress.Say($"page: {cycles} cycles, {guests} guests");
            var grown = GrownStore.Make(folder, cycles, guests);
            AgentStore.Open(folder).Dispose();
            var places = await MeasureAsync(grown);
            var table = ToTable(places);
            Console.WriteLine(table);
            Results.WriteJson("page", new { cycles, guests, places });
            if ((cycles, guests) == (200_000, 1_000_000)) Results.WriteTable("page", table);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>In the order in which a reader would ask.</summary>
    internal static async Task<IReadOnlyList<Place>> MeasureAsync(GrownStore grown)
    {
        var clock = new StoppedClock(grown.End);
        await using var page = await PageServer.StartAsync(
            PageSources.Of(new CommonValues(grown.Folder, null, false, null, []), clock), 0, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new Uri(new Uri(page.Address).GetLeftPart(UriPartial.Authority)) };
        (await client.GetAsync(new Uri(page.Address.Replace("/?", "/icon.svg?", StringComparison.Ordinal)))).Dispose();
        var mail = GrownStore.MailOf(grown.Guests * 3 / 4);
        var places = new List<Place>();
        foreach (var (name, path) in new[]
        {
            ("home", "/"), ("a cycle", $"/cycle/{grown.Cycles - 1}"), ("a guest, by a part of the mail address", $"/guest?q={mail}"),
            ("the log", "/log"), ("the log of a guest", $"/log?text={mail}"), ("the failures", "/log?outcome=failed"),
        })
            places.Add(await MeasureAsync(client, name, path));
        return places;
    }

    private static async Task<Place> MeasureAsync(HttpClient client, string name, string path)
    {
        var (took, bytes) = (new List<double>(), 0);
        for (var time = 0; time <= Times; time++)
        {
            var before = TimeProvider.System.GetTimestamp();
            bytes = (await client.GetByteArrayAsync(new Uri(path, UriKind.Relative))).Length;
            took.Add(TimeProvider.System.GetElapsedTime(before).TotalMilliseconds);
        }

        return new Place(name, took[0], Repeated.Median([.. took.Skip(1)]), bytes / 1000);
    }

    private static string ToTable(IEnumerable<Place> places)
    {
        var text = new StringBuilder("| page | first time | again | bar | size |\n|---|---|---|---|---|\n");
        foreach (var place in places)
            text.Append(CultureInfo.InvariantCulture, $"| {place.Name} | {place.First:#,0} ms | {place.Again:#,0} ms | {Bar:0} ms: {(place.Again < Bar ? "met" : "missed")} | {place.Kilobytes:#,0} KB |\n");
        return text.ToString();
    }

    /// <summary>The time at which the store ends.</summary>
    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
