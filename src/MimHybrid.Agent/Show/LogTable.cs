using System.Globalization;
using MimHybrid.Cycles.Words;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MimHybrid.Agent.Show;

/// <summary>
/// The list of cycles: one line each. On a terminal it is cut where the line ends, because who wants more types the number; in a pipe
/// nothing is cut.
/// </summary>
/// <param name="zone">The time zone of the times.</param>
/// <param name="width">The terminal's width; null for a pipe.</param>
internal sealed class LogTable(TimeZoneInfo zone, int? width)
{
    private const int CyclesWidth = 6;
    private const int TookWidth = 6;
    private const int Gap = 2;

    private int WhenWidth => width is null ? 19 : 12;

    private (int Why, int Result) Rest
    {
        get
        {
            if (width is not { } columns) return (34, 40);
            var rest = Math.Max(30, columns - 1 - WhenWidth - CyclesWidth - TookWidth - 4 * Gap);
            return (rest * 2 / 5, rest - rest * 2 / 5);
        }
    }

    public string Head => Line("When", "Cycle", "Why", "Result", "Took");

    public string Of(LogRow row) => Line(When(row.From), row.Cycles, row.Why, row.Result, row.Took);

    /// <summary>The line in its colour.</summary>
    public IRenderable Render(LogRow row) => new Rows(new Text(Of(row), Sheet.StyleOf(row.Tone)));

    private string Line(string when, string cycles, string why, string result, string took) => string.Join(
        new string(' ', Gap),
        Cell(when, WhenWidth), Cell(cycles, CyclesWidth), Cell(why, Rest.Why), Cell(result, Rest.Result), took).TrimEnd();

    private string Cell(string text, int cells)
    {
        var clean = Printable.Of(text);
        var length = new Segment(clean).CellCount();
        if (length > cells && width is not null)
        {
            clean = (Segment.Truncate(new Segment(clean), cells - 1)?.Text ?? "") + "…";
            length = new Segment(clean).CellCount();
        }

        return clean + new string(' ', Math.Max(0, cells - length));
    }

    private string When(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone)
        .ToString(width is null ? "yyyy-MM-dd HH:mm:ss" : "dd MMM HH:mm", CultureInfo.InvariantCulture);
}
