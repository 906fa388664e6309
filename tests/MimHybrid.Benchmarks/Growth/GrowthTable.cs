using System.Globalization;
using System.Text;

namespace MimHybrid.Benchmarks.Growth;

/// <summary>The figures as Markdown, and what the bars say of them.</summary>
internal static class GrowthTable
{
    /// <summary>So many times the smallest store's is still flat.</summary>
    private const double Flat = 2;

    /// <summary>Below this nobody can tell a difference, and neither can a busy machine.</summary>
    private const double Unnoticed = 5;

    private static readonly (string Name, Func<GrowthFigures, double> Value, double? Bar)[] Rows =
    [
        ("planner's snapshot", figures => figures.Snapshot, null),
        ("`log --last 20`, in the process", figures => figures.LastTwenty, null),
        ("a guest's cycles, by a part of the mail", figures => figures.FindOne, 100),
        ("a guest's story, by the same part", figures => figures.FindGuest, 100),
        ("a part that nobody has", figures => figures.FindNone, 100),
        ("a part that all have, ten cycles", figures => figures.FindMany, 100),
        ("commit of a round with a guest", figures => figures.Round, null),
        ("commit of an idle poll", figures => figures.IdlePoll, null),
        ("trimming, 200 cycles", figures => figures.Trimming, null),
        ("`mimhybrid status`", figures => figures.StatusCommand, null),
        ("`mimhybrid log --last 20`", figures => figures.LogCommand, null),
        ("`mimhybrid guest TEXT`", figures => figures.GuestCommand, null),
        ("`mimhybrid log --guest TEXT`", figures => figures.LogGuestCommand, null),
        ("migration from version 1", figures => figures.Migration, 10_000),
        ("opening by the agent", figures => figures.Opening, 10_000),
    ];

    public static string Write(IReadOnlyList<GrowthFigures> figures)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| cycles and guests | {string.Join(" | ", figures.Select(size => $"{Count(size.Cycles)} and {Count(size.Guests)}"))} | bar |\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(figures.Select(_ => "---|"))}---|\n");
        text.Append(CultureInfo.InvariantCulture, $"| size | {string.Join(" | ", figures.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size.Megabytes:#,0.0} MB")))} | |\n");
        foreach (var (name, value, bar) in Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", figures.Select(size => Time(value(size))))} | {Judge([.. figures.Select(value)], bar)} |\n");
        return text.ToString();
    }

    /// <summary>Flat, unless the row has a bar of its own.</summary>
    private static string Judge(IReadOnlyList<double> values, double? bar) => (values.Max(), bar) switch
    {
        (0, _) => "not measured",
        (var most, { } limit) => $"under {Time(limit)}: {(most < limit ? "met" : "**not met**")}",
        (var most, null) => $"flat: {(most <= Math.Max(Flat * values[0], Unnoticed) ? "met" : "**not met**")}",
    };

    private static string Time(double milliseconds) => milliseconds switch
    {
        0 => "",
        >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s"),
        >= 10 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms"),
    };

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
