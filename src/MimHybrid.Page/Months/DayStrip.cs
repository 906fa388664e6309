using System.Globalization;
using MimHybrid.Cycles.Words;

namespace MimHybrid.Page.Months;

/// <summary>A cycle, or several that touch, on the line of a day.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="From">Minutes since midnight, on the wall's clock.</param>
/// <param name="Minutes">How long, at least one that can be seen.</param>
public readonly record struct Mark(MarkKind Kind, int From, int Minutes);

/// <summary>A day as a line of 1440 minutes.</summary>
public sealed class DayStrip
{
    /// <summary>Marks that are nearer are drawn as one: on a line of some 800 pixels nobody could tell them apart.</summary>
    private const int Slot = 3;

    private const int MinutesOfDay = 24 * 60;

    private DayStrip(DateOnly day, IReadOnlyList<CycleFact> cycles, IReadOnlyList<Mark> marks) =>
        (Day, Cycles, Marks) = (day, cycles, marks);

    public DateOnly Day { get; }

    public IReadOnlyList<CycleFact> Cycles { get; }

    public IReadOnlyList<Mark> Marks { get; }

    /// <summary>The last days with today, the newest first, also those on which nothing ran.</summary>
    public static IReadOnlyList<DayStrip> Of(IEnumerable<CycleFact> cycles, int days, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var byDay = cycles.ToLookup(cycle => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(cycle.StartedAt, zone).DateTime));
        return
        [
            .. Enumerable.Range(0, days).Select(back => today.AddDays(-back))
                .Select(day => new DayStrip(day, [.. byDay[day]], [.. MarksOf(byDay[day], now, zone)])),
        ];
    }

    public int Count(MarkKind kind) => Cycles.Count(cycle => cycle.Kind == kind);

    /// <summary>"26 cycles: 3 for guests, 1 failed", or that nothing ran.</summary>
    public string Summary
    {
        get
        {
            if (Cycles.Count == 0) return "nothing ran";
            string[] parts =
            [
                .. Counted.Part(Count(MarkKind.Guests), "for guests"),
                .. Counted.Part(Count(MarkKind.Forced), "forced"),
                .. Counted.Part(Count(MarkKind.Timed), "timed that wrote something"),
                .. Counted.Part(Count(MarkKind.Running), "running"),
                .. Counted.Part(Count(MarkKind.Open), "to look into"),
                .. Counted.Part(Count(MarkKind.Failed), "failed"),
            ];
            var all = string.Create(CultureInfo.InvariantCulture, $"{Cycles.Count} {(Cycles.Count == 1 ? "cycle" : "cycles")}");
            return parts.Length == 0 ? $"{all}, all quiet" : $"{all}: {string.Join(", ", parts)}";
        }
    }

    /// <summary>Where each mark of a kind is, as an SVG path in a box of 1440 by 12.</summary>
    public string Path(MarkKind kind)
    {
        var height = HeightOf(kind);
        return string.Concat(Marks.Where(mark => mark.Kind == kind).Select(mark => string.Create(
            CultureInfo.InvariantCulture, $"M{mark.From} {12 - height}h{mark.Minutes}v{height}h-{mark.Minutes}z")));
    }

    /// <summary>Not by its colour alone: what is quiet is low, what did not end well takes the whole height.</summary>
    public static int HeightOf(MarkKind kind) => kind switch
    {
        MarkKind.Quiet => 3,
        MarkKind.Failed or MarkKind.Open => 12,
        _ => 8,
    };

    private static IEnumerable<Mark> MarksOf(IEnumerable<CycleFact> cycles, DateTimeOffset now, TimeZoneInfo zone)
    {
        foreach (var kind in cycles.GroupBy(cycle => cycle.Kind))
        {
            Mark? open = null;
            foreach (var cycle in kind.OrderBy(cycle => cycle.StartedAt))
            {
                var mark = MarkOf(cycle, now, zone);
                if (open is { } before && mark.From <= before.From + before.Minutes)
                {
                    open = before with { Minutes = Math.Max(before.Minutes, mark.From + mark.Minutes - before.From) };
                    continue;
                }

                if (open is { } done) yield return done;
                open = mark;
            }

            if (open is { } last) yield return last;
        }
    }

    /// <summary>Where a cycle is on the line of the day on which it began.</summary>
    public static Mark MarkOf(CycleFact cycle, DateTimeOffset now, TimeZoneInfo zone)
    {
        var from = (int)TimeZoneInfo.ConvertTime(cycle.StartedAt, zone).TimeOfDay.TotalMinutes / Slot * Slot;
        var took = (int)Math.Ceiling(((cycle.EndedAt ?? now) - cycle.StartedAt).TotalMinutes / Slot) * Slot;
        return new Mark(cycle.Kind, from, Math.Clamp(took, Slot, MinutesOfDay - from));
    }
}
