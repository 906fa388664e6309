using System.Text;
using System.Text.RegularExpressions;

namespace MimHybrid.Store.Rows;

/// <summary>
/// The name of an object without its path, as directories write distinguished names (https://www.rfc-editor.org/rfc/rfc4514).
/// </summary>
public static partial class CommonName
{
    /// <summary>"CN=Lena Brandt,OU=Guests" is "Lena Brandt"; what is no distinguished name stays as it is.</summary>
    public static string Of(string objectName)
    {
        var first = FirstPart().Match(objectName);
        return first.Success ? Escaped().Replace(first.Groups["value"].Value, Unescape).Trim() : objectName;
    }

    /// <summary>A backslash stands before a character that means something else, or before the bytes of one in hexadecimal.</summary>
    private static string Unescape(Match escaped) => escaped.Groups["bytes"] is { Success: true, Value: var bytes }
        ? Encoding.UTF8.GetString(Convert.FromHexString(bytes.Replace("\\", "", StringComparison.Ordinal)))
        : escaped.Value[1..];

    [GeneratedRegex(@"^\s*[A-Za-z0-9.-]+\s*=(?<value>(?:\\.|[^,+;\\])*)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex FirstPart();

    [GeneratedRegex(@"(?<bytes>(?:\\[0-9A-Fa-f]{2})+)|\\.", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Escaped();
}
