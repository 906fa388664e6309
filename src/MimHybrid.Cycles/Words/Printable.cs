using System.Text;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>Text from outside, for a terminal or a log: the one place that makes it harmless (<see cref="Invisible"/>).</summary>
public static class Printable
{
    /// <summary>All errors of the settings at once are one entry of the event log; yet a line must end somewhere.</summary>
    private const int LongestLine = 8000;

    /// <summary>As long as a displayName may be: https://learn.microsoft.com/graph/api/resources/user.</summary>
    private const int LongestName = 256;

    /// <summary>One line.</summary>
    public static string Of(string text) => Clean(text, LongestLine, keepLines: false);

    /// <summary>The name of somebody or something: one line, and not a long one.</summary>
    public static string Name(string text) => Clean(text, LongestName, keepLines: false);

    /// <summary>A text of ours, in lines, whatever somebody else's words it may hold.</summary>
    public static string Lines(string text) => Clean(text, int.MaxValue, keepLines: true);

    private static string Clean(string text, int longest, bool keepLines)
    {
        if (text.Length <= longest && !text.EnumerateRunes().Any(letter => IsHostile(letter, keepLines))) return text;
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var letter in text.EnumerateRunes())
        {
            if (clean.Length >= longest) return clean.Append('…').ToString();
            clean.Append(IsHostile(letter, keepLines) ? "·" : letter.ToString());
        }

        return clean.ToString();
    }

    private static bool IsHostile(Rune letter, bool keepLines) => Invisible.Is(letter) && !(keepLines && (letter.Value is '\r' or '\n'));
}
