using MimHybrid.Page.Months;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Views;

/// <summary>Reads what the first page and the report show.</summary>
/// <param name="source">Where from.</param>
/// <param name="history">The cycles of the days that are drawn.</param>
public sealed class HomeReader(HomeSource source, History history)
{
    /// <summary>Of the causes of a cycle; a person reads some, and the rest is a number.</summary>
    public const int CausesRead = 200;

    private Drawn? last;

    private sealed record Drawn(
        (long? Edition, string Zone, DateTime Day, int Days) Key,
        IReadOnlyList<DayStrip> Strips,
        IReadOnlyList<DayDelay> Delays,
        IReadOnlyList<ProfileTime> MimTime);

    /// <param name="store">Null where no agent ever ran.</param>
    /// <param name="context">Where and when it is shown.</param>
    /// <param name="days">How many days are drawn.</param>
    public HomeView Read(AgentReader? store, PageContext context, int days = HomeView.DaysShown)
    {
        var status = source.ReadStatus(store) with { Zone = context.Zone };
        if (store is null) return new HomeView { Status = status };
        var drawn = Draw(history.Read(store, context.Now), store, context, days);
        return new HomeView
        {
            Status = status,
            Progress = status.State == "Running" ? source.ReadProgress(store) : null,
            Newest =
            [
                .. store.ReadLog(new RunLogQuery { Last = HomeView.CyclesShown }, CausesRead)
                    .Select(row => source.SeeCycle(store, row)).Reverse(),
            ],
            Days = days,
            Strips = drawn.Strips,
            Delays = drawn.Delays,
            MimTime = drawn.MimTime,
        };
    }

    /// <summary>As long as no cycle has ended and the day is the same, the pictures are those of the last time.</summary>
    private Drawn Draw(Past past, AgentReader store, PageContext context, int days)
    {
        var key = (past.Edition, context.Zone.Id, TimeZoneInfo.ConvertTime(context.Now, context.Zone).Date, days);
        if (past.Edition is not null && last is { } before && before.Key == key) return before;
        return last = new Drawn(
            key,
            DayStrip.Of(past.Cycles, Math.Min(days, DaysKept(store, context)), context.Now, context.Zone),
            Delays.Of(past.Confirmations, context.Zone),
            MimTime.Of(past.Cycles));
    }

    /// <summary>An agent that was installed today has no quiet month behind it.</summary>
    private static int DaysKept(AgentReader store, PageContext context)
    {
        if (store.ReadNextCycle(0) is not { } first || store.ReadProgress(first) is not { } cycle) return 1;
        DateTime Day(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, context.Zone).Date;
        return Math.Max(1, (Day(context.Now) - Day(cycle.StartedAt)).Days + 1);
    }
}
