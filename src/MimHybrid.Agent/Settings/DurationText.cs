using System.Globalization;

namespace MimHybrid.Agent.Settings;

/// <summary>
/// A duration as people type it, in the settings file, in the environment and on the command line. The framework's own parser takes a
/// number alone for days, and hours over 23 as well: a window of 24:00:00 would stay open for 24 days.
/// </summary>
internal static class DurationText
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
        text = text.Trim();
        if (text == "0") return true;
        var sign = text.StartsWith('-') ? -1 : 1;
        var parts = text[(sign < 0 ? 1 : 0)..].Split(':');
        if (parts.Length is not (2 or 3)) return false;

        var (first, last) = (parts[0].Split('.'), parts.Length == 3 ? parts[2].Split('.') : ["0"]);
        var (hasDays, hasFraction) = (first.Length == 2, last.Length == 2);
        if (first.Length > 2 || last.Length > 2
            || !TryRead(hasDays ? first[0] : "0", 6, out var days) || !TryRead(first[^1], 7, out var hours)
            || !TryRead(parts[1], 2, out var minutes)
            || !TryRead(last[0], 2, out var seconds) || !TryRead(hasFraction ? last[1] : "0", 7, out var fraction)) return false;

        if ((hasDays && hours > 23) || minutes > 59 || seconds > 59) return false;
        if (hasFraction) fraction *= (int)Math.Pow(10, 7 - last[1].Length);
        duration = sign * (new TimeSpan(days, hours, minutes, seconds) + TimeSpan.FromTicks(fraction));
        return true;
    }

    /// <summary>
    /// Digits, no more than a duration can hold. By hand: made ready at each start, a regular expression costs more than all it reads.
    /// </summary>
    private static bool TryRead(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && text.Length <= most && text.All(char.IsAsciiDigit); // the framework takes a zero character at the end for none
}
