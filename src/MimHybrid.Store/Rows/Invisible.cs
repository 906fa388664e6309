using System.Globalization;
using System.Text;

namespace MimHybrid.Store.Rows;

/// <summary>
/// Characters that nobody sees: controls, line ends of every kind, those that turn the direction of writing, and those that a font leaves
/// out, the tag characters beyond the basic plane among them (Default_Ignorable_Code_Point, https://www.unicode.org/reports/tr44/).
/// An invited stranger chooses the own name, and could forge a line, drive a terminal or hide a text with them.
/// </summary>
public static class Invisible
{
    public static bool Is(Rune letter) => Rune.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || letter.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x2800 or 0x3164
            or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>JSON in which each of them is an escape: the same value to a program, and visible to a person.</summary>
    public static string Escape(string json)
    {
        if (!json.EnumerateRunes().Any(Is)) return json;
        var text = new StringBuilder(json.Length);
        foreach (var letter in json.EnumerateRunes())
        {
            if (Is(letter)) foreach (var unit in letter.ToString()) text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            else text.Append(letter);
        }

        return text.ToString();
    }
}
