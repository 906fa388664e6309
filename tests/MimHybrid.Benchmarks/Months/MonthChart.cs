using System.Globalization;
using System.Text;

namespace MimHybrid.Benchmarks.Months;

/// <summary>
/// The waits as a picture: which share of the guests had a confirmed account within which time. Readable on light and on dark, and without
/// telling colours apart.
/// </summary>
internal static class MonthChart
{
    private const int Left = 60;
    private const int Top = 20;
    private const int Width = 620;
    private const int Height = 300;
    private const double Shortest = 30;
    private const double Longest = 6 * 3600;

    private static readonly (double Seconds, string Text)[] Times =
    [
        (30, "30 s"), (60, "1 min"), (120, "2 min"), (300, "5 min"), (600, "10 min"), (1800, "30 min"), (3600, "1 h"), (7200, "2 h"),
        (21600, "6 h"),
    ];

    /// <summary>Dash and colour of each line, in the order of the schedules; the last is ours.</summary>
    private static readonly (string Dash, string Colour)[] Lines =
        [("none", "#d1603d"), ("9 4", "#b8860b"), ("3 3", "#8a63d2"), ("12 3 3 3", "#2f8f83"), ("none", "#2b7de9")];

    public static string Draw(IEnumerable<MonthResult> rows)
    {
        var results = rows.ToArray();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Left + Width + 20} {Top + Height + 60 + (20 * results.Length)}" role="img"
                 aria-label="Share of the guests with a confirmed account within a time, for each schedule">
              <style>
                text {"{"} font: 13px system-ui, sans-serif; fill: #57606a {"}"}
                .grid {"{"} stroke: #8b949e; stroke-opacity: 0.35; {"}"}
                @media (prefers-color-scheme: dark) {"{"} text {"{"} fill: #b1bac4; {"}"} {"}"}
              </style>

            """);
        DrawGrid(text);
        for (var index = 0; index < results.Length; index++) DrawLine(text, results[index], index, isOurs: index == results.Length - 1);
        return text.Append("</svg>\n").ToString();
    }

    private static void DrawGrid(StringBuilder text)
    {
        foreach (var (seconds, words) in Times)
        {
            var x = X(seconds);
            Line(text, x, Top, x, Top + Height);
            Write(text, x, Top + Height + 18, "middle", words);
        }

        for (var percent = 0; percent <= 100; percent += 25)
        {
            Line(text, Left, Y(percent), Left + Width, Y(percent));
            Write(text, Left - 8, Y(percent) + 4, "end", $"{percent} %");
        }
    }

    private static void Line(StringBuilder text, double x1, double y1, double x2, double y2) => text.Append(
        CultureInfo.InvariantCulture, $"  <line class=\"grid\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>\n");

    private static void Write(StringBuilder text, double x, double y, string anchor, string words) => text.Append(
        CultureInfo.InvariantCulture, $"  <text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{words}</text>\n");

    private static void DrawLine(StringBuilder text, MonthResult result, int index, bool isOurs)
    {
        var (dash, colour) = Lines[index % Lines.Length];
        var stroke = $"fill=\"none\" stroke=\"{colour}\" stroke-width=\"{(isOurs ? "3.5" : "2")}\" stroke-dasharray=\"{dash}\"";
        var points = result.Waits.Select(
            (seconds, percent) => string.Create(CultureInfo.InvariantCulture, $"{X(seconds):0.#},{Y(percent):0.#}"));
        text.Append(CultureInfo.InvariantCulture, $"  <polyline {stroke} points=\"{string.Join(' ', points)}\"/>\n");
        var y = Top + Height + 45 + (20 * index);
        text.Append(CultureInfo.InvariantCulture, $"  <line {stroke} x1=\"{Left}\" y1=\"{y}\" x2=\"{Left + 45}\" y2=\"{y}\"/>\n");
        Write(text, Left + 55, y + 4, "start", result.Schedule);
    }

    /// <summary>Logarithmic: from half a minute to six hours; what lies outside stands at the edge.</summary>
    private static double X(double seconds) =>
        Left + (Width * Math.Log(Math.Clamp(seconds, Shortest, Longest) / Shortest) / Math.Log(Longest / Shortest));

    private static double Y(double percent) => Top + (Height * (1 - (percent / 100)));
}
