using System.Text;
using MimHybrid.Cycles.Words;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MimHybrid.Agent.Show;

/// <summary>One row: what stands before it, and a text that wraps under itself.</summary>
internal sealed record SheetRow(string Label, string Text, Tone Tone, Tone LabelTone);

/// <summary>
/// Lines for people. On a terminal they wrap at words, with a hanging indent, and have colours (NO_COLOR is honoured by the library); in a
/// pipe each stays whole, because people search for what is in one.
/// </summary>
internal sealed class Sheet
{
    private readonly List<SheetRow> rows = [];

    public IReadOnlyList<SheetRow> Rows => rows;

    /// <summary>
    /// A text in lines, e.g. a command's examples: each wraps below where its last column begins, or where it begins itself.
    /// </summary>
    /// <param name="text">The lines.</param>
    /// <param name="label">What stands before the first; the others begin below it.</param>
    /// <param name="labelTone">What that is.</param>
    public static Sheet Of(string text, string label = "", Tone labelTone = Tone.Plain)
    {
        var sheet = new Sheet();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var column = TextColumn(line);
            var before = sheet.rows.Count == 0 ? label : new string(' ', label.Length);
            sheet.Row(before + Printable.Of(line[..column]), line[column..], labelTone: labelTone);
        }

        return sheet;
    }

    public Sheet Line(string text, Tone tone = Tone.Plain) => Row("", text, tone);

    public Sheet Blank() => Line("");

    /// <param name="label">What stands before the text, spaces and all; wrapped lines begin below the text.</param>
    /// <param name="text">One line, whatever somebody else's words are in it.</param>
    /// <param name="tone">What the text is.</param>
    /// <param name="labelTone">What the label is.</param>
    public Sheet Row(string label, string text, Tone tone = Tone.Plain, Tone labelTone = Tone.Plain)
    {
        rows.Add(new SheetRow(label, Printable.Of(text), tone, labelTone));
        return this;
    }

    public Sheet Add(Sheet other)
    {
        rows.AddRange(other.rows);
        return this;
    }

    /// <summary>For a pipe or a file: whole lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var row in rows) text.AppendLine($"{row.Label}{row.Text}".TrimEnd());
        return text.ToString().TrimEnd();
    }

    /// <summary>For a terminal.</summary>
    public void Print(IAnsiConsole console) => console.Write(ToRenderable());

    /// <summary>The same for a place on the screen that is drawn again and again.</summary>
    public IRenderable ToRenderable() => new Rows(rows.Select(Render));

    private static IRenderable Render(SheetRow row) => row.Label.Length == 0
        ? new Text(row.Text.Length == 0 ? " " : row.Text, StyleOf(row.Tone))
        : new Grid()
            .AddColumn(new GridColumn().NoWrap().Padding(0, 0).Width(row.Label.Length))
            .AddColumn(new GridColumn().Padding(0, 0))
            .AddRow(new Text(row.Label, StyleOf(row.LabelTone)), new Text(row.Text, StyleOf(row.Tone)));

    /// <summary>
    /// Where a line's text begins: behind two spaces or more, which end a column. By hand, because each help would wait for a regular
    /// expression to be made ready.
    /// </summary>
    private static int TextColumn(string line)
    {
        var first = line.Length - line.TrimStart().Length;
        var gap = line.IndexOf("  ", first, StringComparison.Ordinal);
        return gap < 0 ? first : line.Length - line[gap..].TrimStart().Length;
    }

    public static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Good => new Style(Color.Green),
        Tone.Warning => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        Tone.Faint => new Style(Color.Grey),
        Tone.Strong => new Style(decoration: Decoration.Bold),
        _ => Style.Plain,
    };
}
