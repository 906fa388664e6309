using System.Globalization;
using System.Text.RegularExpressions;

namespace MimHybrid.Agent.Show;

/// <summary>
/// One line for a spreadsheet (https://www.rfc-editor.org/rfc/rfc4180). Whoever is invited chooses a name, and a spreadsheet takes a
/// text that begins like a formula for one: such a text gets an apostrophe before it
/// (https://owasp.org/www-community/attacks/CSV_Injection).
/// </summary>
internal static partial class CsvLine
{
    public static string Of(params IEnumerable<object?> cells) => string.Join(
        ',', cells.Select(cell => cell is string text ? Text(text) : Convert.ToString(cell, CultureInfo.InvariantCulture)));

    private static string Text(string text)
    {
        var harmless = BeginsLikeAFormula.IsMatch(text) ? $"'{text}" : text;
        return harmless.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? harmless
            : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>After blanks, too; and in the full width of East Asian keyboards, which a spreadsheet may take for the same.</summary>
    [GeneratedRegex(@"^\s*[=+\-@\t\r\n＝＋－＠]", RegexOptions.CultureInvariant)]
    private static partial Regex BeginsLikeAFormula { get; }
}
