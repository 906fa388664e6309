using System.Globalization;
using System.Text.RegularExpressions;

namespace MimHybrid.Agent.Settings;

/// <summary>
/// A duration as people type it, in the settings file, in the environment and on the command line. The framework's own parser takes a
/// number alone for days, and hours over 23 as well: a window of 24:00:00 would stay open for 24 days.
/// </summary>
internal static partial class DurationText
{
    public const string Allowed = "a duration as hours:minutes:seconds, e.g. 00:15:00; days stand before a point, as in 1.12:00:00";

    /// <summary>A number alone has no unit, and whoever typed it had one in mind.</summary>
    public static string Meant(string value, Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) == typeof(TimeSpan)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 60
            ? string.Create(CultureInfo.InvariantCulture,
                $". {number} alone has no unit: {number} seconds are 00:00:{number:00}, {number} minutes 00:{number:00}:00, {number} hours "
                    + $"{number:00}:00:00")
            : "";

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text.Trim() == "0") return true;
        if (Pattern.Match(text) is not { Success: true } match) return false;

        var (days, hours) = (Number(match, "days"), Number(match, "hours"));
        if (match.Groups["days"].Success && hours > 23) return false;
        duration = new TimeSpan((int)days, (int)hours, (int)Number(match, "minutes"), (int)Number(match, "seconds"))
            + TimeSpan.FromTicks(Number(match, "fraction", digits: 7));
        if (match.Groups["sign"].Success) duration = -duration;
        return true;
    }

    private static long Number(Match match, string group, int digits = 0) => match.Groups[group] is { Success: true } found
        ? long.Parse(found.Value.PadRight(digits, '0'), CultureInfo.InvariantCulture)
        : 0;

    /// <summary>So many digits as a duration can hold.</summary>
    [GeneratedRegex(
        @"^\s*(?<sign>-)?((?<days>[0-9]{1,6})\.)?(?<hours>[0-9]{1,7}):(?<minutes>[0-5]?[0-9])"
            + @"(:(?<seconds>[0-5]?[0-9])(\.(?<fraction>[0-9]{1,7}))?)?\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern { get; }
}
