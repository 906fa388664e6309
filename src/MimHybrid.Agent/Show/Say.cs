using MimHybrid.Cycles.Words;
using Spectre.Console;

namespace MimHybrid.Agent.Show;

/// <summary>What is said to a person: results on standard output, errors and notes on standard error.</summary>
internal static class Say
{
    public static UnfailingWriter Output { get; } = new(() => Console.Out);

    public static UnfailingWriter ErrorOutput { get; } = new(() => Console.Error);

    /// <summary>A line on standard output, never wrapped and never taken for markup: people pipe it.</summary>
    public static void Line(string text = "") => Output.WriteLine(Printable.Lines(text));

    /// <summary>On a terminal through the same door as the moving line, which would otherwise be drawn over it.</summary>
    public static void Note(string text)
    {
        if (Screen.IsTerminal) Sheet.Of(text).Print(AnsiConsole.Console);
        else ErrorOutput.WriteLine(Printable.Lines(text));
    }

    public static void Error(string text)
    {
        var sheet = ErrorSheet(text);
        if (Console.IsErrorRedirected)
        {
            ErrorOutput.WriteLine(sheet.ToString());
            return;
        }

        try
        {
            sheet.Print(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The window is gone, and nobody is there to be told.
        }
    }

    /// <summary>Wrapped lines begin below the error's first word.</summary>
    internal static Sheet ErrorSheet(string text) => Sheet.Of(text, "Error: ", Tone.Bad);
}
