using MimHybrid.Cycles.Words;

namespace MimHybrid.Page.Months;

/// <summary>How long guests waited who were seen on one day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Guests">How many came and have their account.</param>
/// <param name="Median">Half of them waited no longer.</param>
/// <param name="Late">95 of 100 waited no longer.</param>
public sealed record DayDelay(DateOnly Day, int Guests, TimeSpan Median, TimeSpan Late)
{
    /// <summary>Each of them, the shortest first.</summary>
    public IReadOnlyList<TimeSpan> All { get; init; } = [];
}

/// <summary>The time from detection to the confirmed account, day by day.</summary>
public static class Delays
{
    /// <summary>Oldest first; days on which nobody came are left out.</summary>
    public static IReadOnlyList<DayDelay> Of(IEnumerable<Confirmation> confirmations, TimeZoneInfo zone) =>
    [
        .. confirmations
            .GroupBy(each => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(each.DetectedAt, zone).DateTime))
            .OrderBy(day => day.Key)
            .Select(day =>
            {
                TimeSpan[] sorted = [.. day.Select(each => each.Took).Order()];
                var (median, late) = (TimeToAccount.Percentile(sorted, 50), TimeToAccount.Percentile(sorted, 95));
                return new DayDelay(day.Key, sorted.Length, median, late) { All = sorted };
            }),
    ];

    /// <summary>A full figure above the longest, for the top of the axis: 1, 2, 5, 10, 15, 30 minutes, then hours.</summary>
    public static TimeSpan Top(IEnumerable<DayDelay> days)
    {
        var longest = days.Select(day => day.Late).DefaultIfEmpty().Max();
        foreach (var minutes in new[] { 1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 2880, 10080 })
            if (longest <= TimeSpan.FromMinutes(minutes)) return TimeSpan.FromMinutes(minutes);
        return longest;
    }
}
