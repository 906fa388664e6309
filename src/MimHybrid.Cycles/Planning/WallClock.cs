using System.Globalization;

namespace MimHybrid.Cycles.Planning;

/// <summary>Times as they stand in sentences for people: those of a time zone, in any culture.</summary>
public static class WallClock
{
    private const string Day = "yyyy-MM-dd";

    public const string ToTheSecond = "HH:mm:ss";

    public const string ToTheMinute = "HH:mm";

    /// <summary>The time of day, with the date before it where it is another day than now.</summary>
    public static string Of(DateTimeOffset time, DateTimeOffset now, TimeZoneInfo zone, string clock = ToTheSecond)
    {
        var (there, today) = (TimeZoneInfo.ConvertTime(time, zone), TimeZoneInfo.ConvertTime(now, zone).Date);
        return there.ToString(there.Date == today ? clock : $"{Day} {clock}", CultureInfo.InvariantCulture);
    }

    /// <summary>With its date.</summary>
    public static string WithDate(DateTimeOffset time, TimeZoneInfo zone, string clock = ToTheSecond) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString($"{Day} {clock}", CultureInfo.InvariantCulture);
}
