using System.Globalization;
using System.Text;

namespace MimHybrid.Benchmarks.Latency;

/// <summary>Milliseconds, of so many repetitions.</summary>
internal sealed record Spread(int Of, double Median, double NinetyFifth)
{
    public static Spread Over(IEnumerable<TimeSpan> times) => Over(times.Select(time => time.TotalMilliseconds));

    public static Spread Over(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new Spread(sorted.Length, sorted[sorted.Length / 2], sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * 0.95) - 1)]);
    }
}

/// <summary>The figures, as they stand in the file and in the table.</summary>
internal sealed record LatencyResult(
    IReadOnlyList<KeyValuePair<string, Spread>> Phases, Spread CommitToExecute, Spread ForceFromRow, Spread ForceFromStart,
    Spread BetweenProfiles, Spread SharePercent)
{
    /// <summary>What the loop took that looked at the store twice a second, on the machine of the page.</summary>
    private static readonly Dictionary<string, string> Before = new() { [Phase.WakeUp] = "400 ms" };

    public double? LoadBefore { get; init; }

    public double? LoadAfter { get; init; }

    public static LatencyResult Of(
        IReadOnlyList<Moments> changes, IReadOnlyList<(TimeSpan FromStart, TimeSpan FromRow)> forced, IReadOnlyList<Moments> lasting) => new(
        [.. Phase.All.Select((name, at) => KeyValuePair.Create(name, Spread.Over(changes.Select(one => one.Phases[at].Took))))],
        Spread.Over(changes.Select(one => one.CommitToExecute)),
        Spread.Over(forced.Select(one => one.FromRow)),
        Spread.Over(forced.Select(one => one.FromStart)),
        Spread.Over(changes.SelectMany(one => one.BetweenProfiles)),
        Spread.Over(lasting.Select(one => one.ShareNotMims * 100)));

    public string ToTable()
    {
        var text = new StringBuilder("| from the change to the first `Execute` | before | median | 95th | of | bar (median) |\n|---|---|---|---|---|---|\n");
        foreach (var (name, spread) in Phases) Row(text, name, spread, Before.GetValueOrDefault(name));
        Row(text, "**from the commit to the first `Execute`**", CommitToExecute, "410 ms", 50);
        Row(text, "**`--force` in a second process: from its row to the first `Execute`**", ForceFromRow, "313 ms", 300);
        Row(text, "the same from the start of that process", ForceFromStart, null);
        Row(text, "**between two run profiles**", BetweenProfiles, "5.5 ms", 10);
        Row(text, "**share of a cycle that is not MIM's, one second a profile**", SharePercent, null, 1, "%");
        var load = LoadBefore is null ? "" : string.Create(CultureInfo.InvariantCulture, $", load {LoadBefore:0.0} before and {LoadAfter:0.0} after");
        return text.Append(CultureInfo.InvariantCulture,
            $"\nMeasured {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} processors{load}. *Before* is the median of commit 1775f53.\n").ToString();
    }

    private static void Row(StringBuilder text, string name, Spread spread, string? before, double? bar = null, string unit = "ms")
    {
        var judged = bar is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{bar} {unit}: {(spread.Median < bar ? "met" : "**not met**")}");
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {before} | {spread.Median:0.00} {unit} | {spread.NinetyFifth:0.00} {unit} | {spread.Of} | {judged} |\n");
    }
}
