using System.Globalization;
using System.Net;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MimHybrid.Agent.Tests.Show;

/// <summary>A terminal's screen as SVG: the segments that the library would send to a terminal, with their colours.</summary>
internal static class ScreenPicture
{
    private const double CellWidth = 8.4;
    private const int LineHeight = 19;
    private const int Margin = 16;
    private const int TitleHeight = 30;

    public static string Of(string command, int width, params IRenderable[] shown)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var console = Seen.Terminal(writer, width, AnsiSupport.Yes, ColorSystemSupport.TrueColor);
        var options = RenderOptions.Create(console, console.Profile.Capabilities);
        var segments = ((IRenderable)new Rows(shown)).Render(options, width);
        var lines = Segment.SplitLines(segments).Select(line => (IReadOnlyList<Segment>)line).ToList();
        while (lines.Count > 0 && string.IsNullOrWhiteSpace(string.Concat(lines[^1].Select(segment => segment.Text)))) lines.RemoveAt(lines.Count - 1);
        return Draw(command, width, lines);
    }

    private static string Draw(string command, int width, List<IReadOnlyList<Segment>> lines)
    {
        var (w, h) = ((int)(width * CellWidth) + 2 * Margin, (lines.Count + 1) * LineHeight + 2 * Margin + TitleHeight);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">\n");
        svg.Append("<style>text{font:14px Consolas,'DejaVu Sans Mono',Menlo,monospace;fill:#cccccc;white-space:pre}</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{w}\" height=\"{h}\" rx=\"8\" fill=\"#0c0c0c\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{w}\" height=\"{TitleHeight}\" rx=\"8\" fill=\"#2b2b2b\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"20\">Windows PowerShell</text>\n");
        Text(svg, 0, 0, $"PS C:\\> {command}", "");
        for (var line = 0; line < lines.Count; line++) Line(svg, line + 1, Joined(lines[line]));
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>The library gives each word a segment of its own.</summary>
    private static List<Segment> Joined(IReadOnlyList<Segment> segments)
    {
        var joined = new List<Segment>();
        foreach (var segment in segments)
        {
            if (joined.Count > 0 && joined[^1].Style.Equals(segment.Style)) joined[^1] = new Segment(joined[^1].Text + segment.Text, segment.Style);
            else joined.Add(segment);
        }

        return joined;
    }

    private static void Line(StringBuilder svg, int number, IReadOnlyList<Segment> segments)
    {
        var cell = 0;
        foreach (var segment in segments)
        {
            if (!string.IsNullOrWhiteSpace(segment.Text)) Text(svg, number, cell, segment.Text.TrimEnd(), StyleOf(segment.Style));
            cell += segment.CellCount();
        }
    }

    /// <summary>Each text has the length that its cells have, whatever font the reader's machine takes.</summary>
    private static void Text(StringBuilder svg, int line, int cell, string text, string style)
    {
        var indent = text.Length - text.TrimStart().Length;
        var said = text.TrimStart();
        var (x, y) = (Margin + (cell + indent) * CellWidth, TitleHeight + Margin + line * LineHeight + 14);
        var length = new Segment(said).CellCount() * CellWidth;
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y}\" textLength=\"{length:0.#}\"{style}>{WebUtility.HtmlEncode(said)}</text>\n");
    }

    private static string StyleOf(Style style)
    {
        var color = style.Foreground;
        var fill = color == Color.Red ? " fill=\"#ff6b68\"" : color == Color.Yellow ? " fill=\"#f9f1a5\""
            : color == Color.Green ? " fill=\"#3fc56b\"" : color == Color.Grey ? " fill=\"#8a8a8a\"" : "";
        var bold = style.Decoration.HasFlag(Decoration.Bold) ? " font-weight=\"bold\"" : "";
        return fill.Replace(" fill=", " style=\"fill:", StringComparison.Ordinal).Replace("\"#", "#", StringComparison.Ordinal) + bold;
    }
}
