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

    /// <param name="store">Null where no agent ever ran.</param>
    /// <param name="context">Where and when it is shown.</param>
    /// <param name="days">How many days are drawn.</param>
    public HomeView Read(AgentReader? store, PageContext context, int days = HomeView.DaysShown)
    {
        var status = source.ReadStatus(store) with { Zone = context.Zone };
        if (store is null) return new HomeView { Status = status };
        var past = history.Read(store, context.Now);
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
            Strips = DayStrip.Of(past.Cycles, Math.Min(days, DaysKept(store, context)), context.Now, context.Zone),
            Delays = Delays.Of(past.Confirmations, context.Zone),
            MimTime = MimTime.Of(past.Cycles),
        };
    }

    /// <summary>An agent that was installed today has no quiet month behind it.</summary>
    private static int DaysKept(AgentReader store, PageContext context)
    {
        if (store.ReadNextCycle(0) is not { } first || store.ReadProgress(first) is not { } cycle) return 1;
        DateTime Day(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, context.Zone).Date;
        return Math.Max(1, (Day(context.Now) - Day(cycle.StartedAt)).Days + 1);
    }
}
