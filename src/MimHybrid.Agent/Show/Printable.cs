using System.Globalization;

namespace MimHybrid.Agent.Show;

/// <summary>Text from outside, for a terminal or a log: an invited stranger chooses the own name, and must not forge a line or drive a terminal with it.</summary>
internal static class Printable
{
    public static string Of(string text) => text.Any(IsHostile) ? string.Create(text.Length, text, Replace) : text;

    private static void Replace(Span<char> target, string text)
    {
        for (var index = 0; index < text.Length; index++) target[index] = IsHostile(text[index]) ? '·' : text[index];
    }

    /// <summary>Control characters, line ends of every kind, and those that turn the direction of writing.</summary>
    private static bool IsHostile(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
