using System.Globalization;
using System.Text;
using MimHybrid.Agent.Show;
using Spectre.Console;

namespace MimHybrid.Agent.Tests.Show;

/// <summary>A sheet as people see it: on terminals of two widths, and in a pipe.</summary>
internal static class Seen
{
    public static string Everywhere(Sheet sheet) => new StringBuilder()
        .AppendLine("# In a pipe").AppendLine().AppendLine(At(null, sheet)).AppendLine()
        .AppendLine("# 80 columns").AppendLine().AppendLine(At(80, sheet)).AppendLine()
        .AppendLine("# 120 columns").AppendLine().AppendLine(At(120, sheet)).ToString();

    /// <summary>Blanks at the end of a line are not seen.</summary>
    public static string At(int? columns, Sheet sheet)
    {
        if (columns is not { } width) return sheet.ToString();
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        sheet.Print(Terminal(writer, width, AnsiSupport.No, ColorSystemSupport.NoColors));
        return string.Join(Environment.NewLine, writer.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd();
    }

    public static IAnsiConsole Terminal(TextWriter writer, int width, AnsiSupport ansi, ColorSystemSupport colors)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = ansi,
            ColorSystem = colors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width;
        return console;
    }
}
