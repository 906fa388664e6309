using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Tests.Matters;

/// <summary>What nobody would see for hours, because nothing fails: each begins where it should, and is over by itself.</summary>
public sealed class OverdueMattersTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero); // a Thursday

    private static MatterFacts Well => new MatterFacts
    {
        Now = Noon,
        Snapshot = new AgentSnapshot
        {
            BootedAt = Noon.AddDays(-30),
            Guests = 14,
            LastSuccess = new Dictionary<string, DateTimeOffset> { ["Full"] = Noon.AddDays(-4), ["Fallback"] = Noon.AddMinutes(-20) },
        },
        Holder = new Holder(1, "svc", Noon.AddDays(-30)),
        Beats = [],
        HasCursor = true,
        Polls = new PollHealth(Noon, Noon, null, 0, null),
        Next = new RecordedDecision("Wait", Noon.AddHours(1), "no guest changes pending", Noon),
    }.With(Limits(new AgentSettings()));

    [Fact]
    public void An_agent_that_is_well_has_none() => Assert.Empty(Open(Well));

    /// <summary>Due an hour after the last good one, and four more are what the settings allow.</summary>
    [Theory]
    [InlineData(4 * 60 + 59, null)]
    [InlineData(5 * 60, "No cycle has ended well since 07:00")]
    public void No_good_cycle_is_told_when_one_has_been_due_for_hours(int minutes, string? title)
    {
        var matter = Open(LastGood(minutes)).SingleOrDefault();

        Assert.Equal(title, matter?.Title);
        if (matter is not null) Assert.Equal(("cycles/none", Severity.Error, Noon.AddHours(-4)), (matter.Id, matter.Severity, matter.Since));
    }

    [Fact]
    public void It_is_over_with_a_good_cycle_and_while_one_runs_what_keeps_it_is_the_matter()
    {
        var late = LastGood(24 * 60);
        Assert.Single(Open(late));
        Assert.Empty(Open(LastGood(0)));
        Assert.Empty(Open(late with { LastCycle = Cycle(CycleOutcome.Running) }));
    }

    [Fact]
    public void Nothing_is_late_that_a_window_a_start_or_the_settings_kept_from_running()
    {
        var late = LastGood(24 * 60);
        Assert.Empty(Open(late with { Holder = new Holder(1, "svc", Noon.AddHours(-3)) }));
        Assert.Empty(Open(late with { Snapshot = late.Snapshot with { BootedAt = Noon.AddHours(-4) } }));

        var window = new AgentSettings();
        window.MaintenanceWindows.Add(new MaintenanceWindowSettings { Cron = "0 12 * * *", Duration = TimeSpan.FromHours(22) });
        Assert.Empty(Open(late.With(Limits(window))));

        var untimed = new AgentSettings();
        foreach (var function in untimed.Functions.Values.Where(function => function.Trigger == TriggerKind.Timer)) function.Enabled = false;
        Assert.Empty(Open(late.With(Limits(untimed))));
    }

    [Fact]
    public void What_explains_it_is_told_in_its_place_and_names_it()
    {
        var late = LastGood(24 * 60);
        var failing = late with
        {
            Snapshot = late.Snapshot with { Failures = new Dictionary<string, FailureStreak> { ["Fallback"] = new(1, 2, Noon.AddHours(-1), "It failed.", false) } },
        };

        var matter = Assert.Single(Open(failing));
        Assert.Equal(("cycles/Fallback", Severity.Error), (matter.Id, matter.Severity));
        Assert.Equal("No cycle has ended well since 2026-11-25 12:00.", matter.Details[^1]);
        Assert.Equal(matter.Details[^1], matter.Unnamed![^1]);
    }

    /// <summary>Three times the usual, and no less than a quarter of an hour; half of what stops it, where nothing is usual.</summary>
    [Theory]
    [InlineData(4, 14, false)]
    [InlineData(4, 15, true)]
    [InlineData(10, 29, false)]
    [InlineData(10, 30, true)]
    [InlineData(null, 359, false)]
    [InlineData(null, 360, true)]
    [InlineData(300, 360, true)]
    public void A_run_is_long_by_its_own_measure(int? usual, int minutes, bool isLong)
    {
        var matters = Open(Well with
        {
            LastCycle = Cycle(CycleOutcome.Running),
            Running = new RunningStep("AADMA", "Full Import", Noon.AddMinutes(-minutes), usual is { } median ? TimeSpan.FromMinutes(median) : null),
        });

        Assert.Equal(isLong ? ["run/AADMA/Full Import"] : [], matters.Select(matter => matter.Id));
        if (isLong) Assert.Contains("and has not ended", matters[0].Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Graph_that_is_waited_for_is_told_after_hours_with_what_for()
    {
        var waiting = Well with { Polls = new PollHealth(Noon, Noon.AddMinutes(-119), null, 0, null) { WaitingFor = "A second reading is due at 13:00." } };
        Assert.Empty(Open(waiting));

        var matter = Assert.Single(Open(waiting with { Polls = waiting.Polls! with { SucceededAt = Noon.AddHours(-2) } }));
        Assert.Equal(("tenant/unread", "Graph has not been read to its end since 10:00: no guest change is seen meanwhile"), (matter.Id, matter.Title));
        Assert.Equal(["A second reading is due at 13:00."], matter.Details);
    }

    /// <summary>Graph away is why nothing arrives: it comes first, and once.</summary>
    [Fact]
    public void Graph_away_comes_before_the_cycles_that_fail_for_it()
    {
        var away = Well with
        {
            Polls = new PollHealth(Noon, Noon.AddHours(-3), Noon.AddHours(-3), 90, "Graph does not answer."),
            Snapshot = Well.Snapshot with { Failures = new Dictionary<string, FailureStreak> { ["Fallback"] = new(3, 2, Noon.AddHours(-1), "AADMA cannot connect.", false) } },
        };

        Assert.Equal(["tenant/unread", "cycles/Fallback"], Open(away).Select(matter => matter.Id));
    }

    private static MatterFacts LastGood(int minutesAgo) => Well with
    {
        Snapshot = Well.Snapshot with { LastSuccess = new Dictionary<string, DateTimeOffset> { ["Fallback"] = Noon.AddMinutes(-minutesAgo) } },
    };

    private static CycleRecord Cycle(CycleOutcome outcome) => new()
    {
        Id = 2,
        Function = "FallbackCycle",
        Trigger = TriggerKind.Timer,
        Sequence = "Fallback",
        Reason = "due",
        StartedAt = Noon.AddHours(-6),
        Outcome = outcome,
    };

    private static IReadOnlyList<OpenMatter> Open(MatterFacts facts) => OpenMatters.Of(facts, TimeZoneInfo.Utc);

    private static MatterLimits Limits(AgentSettings settings) => new(settings)
    {
        WithoutCycle = TimeSpan.FromHours(4),
        WithoutReading = TimeSpan.FromHours(2),
        LongestRun = TimeSpan.FromHours(12),
        Channels = [],
    };
}
