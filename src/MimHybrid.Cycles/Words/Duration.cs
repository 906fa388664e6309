using System.Globalization;

namespace MimHybrid.Cycles.Words;

/// <summary>Durations for people.</summary>
public static class Duration
{
    /// <summary>"00:12:07", and "1.02:00:00" from a day on.</summary>
    public static string Of(TimeSpan duration) =>
        duration.ToString(duration < TimeSpan.FromDays(1) ? @"hh\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
}
