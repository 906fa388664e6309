namespace MimHybrid.Benchmarks.Months;

/// <summary>Something that says when which run profile runs.</summary>
internal interface ISchedule
{
    string Name { get; }

    /// <summary>Lives the month, and says what it asked of Graph itself and what cycles it ran.</summary>
    ScheduleReport Live(MonthSetup setup, TenantMonth tenant, ModelServer server);
}
