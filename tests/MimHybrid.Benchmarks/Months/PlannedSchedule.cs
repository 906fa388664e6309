using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;

namespace MimHybrid.Benchmarks.Months;

/// <summary>MimHybrid with the settings that ship: its planner decides, and its sequences say which steps there are.</summary>
internal sealed class PlannedSchedule : ISchedule
{
    public string Name => "MimHybrid as shipped";

    public ScheduleReport Live(MonthSetup setup, TenantMonth tenant, ModelServer server)
    {
        var settings = new AgentSettings();
        var polls = new ModelPolls(setup, tenant, settings);
        var cycles = new ModelCycles(settings, server);
        var planner = new CyclePlanner(settings, TimeZoneInfo.Utc);
        var approvals = 0;
        for (var now = MonthSetup.Start; now < setup.End;)
        {
            polls.CatchUp(now);
            switch (planner.Decide(cycles.Describe(polls, now), now))
            {
                case Decision.Run run:
                    now = cycles.Run(run, polls, now);
                    break;
                case Decision.Hold { RetryAt: null }:
                    approvals++;
                    now += TimeSpan.FromHours(1);
                    polls.Approve();
                    break;
                case Decision.Wait wait:
                    now = Earlier(wait.Until, polls.Next);
                    break;
                case Decision.Hold { RetryAt: { } retry }:
                    now = Earlier(retry, polls.Next);
                    break;
                case var other:
                    throw new InvalidOperationException($"Nobody forces a run in this month: {other}");
            }
        }

        return new ScheduleReport(polls.Requests, approvals, cycles.Reports);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
