using MimHybrid.Cycles.Words;
using MimHybrid.Page.Months;
using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Views;

/// <summary>What the first page and the report show.</summary>
public sealed record HomeView
{
    public const int CyclesShown = 20;

    /// <summary>So many days are drawn on the page.</summary>
    public const int DaysShown = 30;

    /// <summary>A report may tell of a year and a day.</summary>
    public const int MostDays = 366;

    /// <summary>So many days are told of.</summary>
    public int Days { get; init; } = DaysShown;

    public required StatusReport Status { get; init; }

    /// <summary>What goes on now, in one line; null while nothing does.</summary>
    public string? Progress { get; init; }

    /// <summary>The newest cycles, the newest first.</summary>
    public IReadOnlyList<CycleRecord> Newest { get; init; } = [];

    /// <summary>The newest first; none from before the first cycle that is kept.</summary>
    public IReadOnlyList<DayStrip> Strips { get; init; } = [];

    public IReadOnlyList<DayDelay> Delays { get; init; } = [];

    public IReadOnlyList<ProfileTime> MimTime { get; init; } = [];
}
