using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;
using static MimHybrid.Cycles.Tests.Planning.Given;

namespace MimHybrid.Cycles.Tests.Planning;

/// <summary>The timers that ship: the Fallback of the hour asks first, the Nightly reads everything, the Full of the week works on everything.</summary>
public sealed class FallbackTests
{
    [Fact]
    public void A_full_is_a_fallback_too_and_not_the_other_way_round()
    {
        Assert.Equal(Noon.AddMinutes(59), Assert.IsType<Decision.Wait>(
            Quiet.LastFull(secondsAgo: 60).LastFallback(secondsAgo: 90_000).Decide()).Until);
        Assert.Equal("WeeklyFull", Assert.IsType<Decision.Run>(
            OldFull.LastFallback(secondsAgo: 60).Decide()).Function);
    }

    [Fact]
    public void Where_both_are_due_the_full_runs_and_spares_the_fallback()
    {
        var both = OldFull.LastFallback(secondsAgo: 7200);
        Assert.Equal("WeeklyFull", Assert.IsType<Decision.Run>(both.Decide()).Function);
        Assert.IsType<Decision.Wait>(both.LastFull(secondsAgo: 0).Decide());
    }

    [Fact]
    public void While_the_full_cannot_end_well_the_fallback_goes_on_and_does_not_make_it_try_sooner()
    {
        var failing = OldFull.Failed(times: 1, secondsAgo: 60, needsPerson: true, sequence: "Full");
        Assert.Equal("FallbackCycle", Assert.IsType<Decision.Run>(failing.LastFallback(secondsAgo: 3600).Decide()).Function);
        Assert.Equal(Noon.AddMinutes(29), Assert.IsType<Decision.Hold>(failing.LastFallback(secondsAgo: 1).Decide()).RetryAt);
    }

    [Fact]
    public void A_fallback_that_ended_well_has_settled_what_failed_of_guest_changes() => Assert.IsType<Decision.Run>(
        Quiet.With(added: 1).LastFallback(secondsAgo: 30).Failed(times: 9, secondsAgo: 60, sequence: "ChangeDriven").Decide());

    /// <summary>Nor is the Fallback run again and again, which nothing that it does could end.</summary>
    [Fact]
    public void A_full_from_before_the_clock_was_set_back_counts_for_no_fallback()
    {
        var future = Quiet.LastFull(secondsAgo: -86_400).LastNightly(secondsAgo: 25_000);
        Assert.Equal("WeeklyFull", Assert.IsType<Decision.Run>(future.LastFallback(secondsAgo: 60).Decide()).Function);
        Assert.IsType<Decision.Hold>(
            future.LastFallback(secondsAgo: 60).Failed(times: 1, secondsAgo: 60, needsPerson: true, sequence: "Full").Decide());
    }

    [Fact]
    public void A_nightly_is_a_fallback_too_and_a_full_is_both()
    {
        var afterNight = Quiet.LastFull(secondsAgo: 90_000).LastNightly(secondsAgo: 60);
        Assert.Equal("WeeklyFull", Assert.IsType<Decision.Run>(afterNight.Decide()).Function);
        var onMonday = Noon.AddDays(1);
        var night = Assert.IsType<Decision.Run>(Quiet.LastFallback(secondsAgo: -85_000).Decide(now: onMonday));
        Assert.Equal(("NightlyCycle", "Nightly"), (night.Function, night.Sequence));
        Assert.Equal("the last Full cycle ended well at 2026-11-22 11:50:00; a Nightly is due since 04:30:00 (Cron 30 4 * * *)", night.Reason);
        Assert.Equal(Noon.AddHours(24).AddMinutes(30), Assert.IsType<Decision.Wait>(
            Quiet.LastNightly(secondsAgo: -84_600).Decide(now: onMonday)).Until);
    }

    [Fact]
    public void A_change_driven_cycle_that_left_no_step_out_has_done_what_a_fallback_does()
    {
        var due = Quiet.LastFull(secondsAgo: 20_000);
        Assert.Equal("FallbackCycle", Assert.IsType<Decision.Run>(due.Decide()).Function);
        var whole = due with { LastWhole = new Dictionary<string, DateTimeOffset> { ["ChangeDriven"] = Noon.AddMinutes(-10) } };
        Assert.Equal(Noon.AddMinutes(50), Assert.IsType<Decision.Wait>(whole.Decide()).Until);
        Assert.Equal("NightlyCycle", Assert.IsType<Decision.Run>(
            (whole with { LastWhole = new Dictionary<string, DateTimeOffset> { ["ChangeDriven"] = Noon.AddDays(1) } })
                .Decide(now: Noon.AddDays(1))).Function);
    }

    [Fact]
    public void A_change_driven_cycle_of_other_profiles_has_not()
    {
        var settings = SettingsWith(s => s.Sequences["ChangeDriven"] = [new() { ManagementAgent = "AADMA", RunProfile = "Delta Import" }]);
        var whole = Quiet.LastFull(secondsAgo: 20_000) with
        {
            LastWhole = new Dictionary<string, DateTimeOffset> { ["ChangeDriven"] = Noon.AddMinutes(-10) },
        };
        Assert.Equal("FallbackCycle", Assert.IsType<Decision.Run>(whole.Decide(settings)).Function);
    }

    [Theory]
    [InlineData("Fallback", true)]
    [InlineData("Fallback", true, "Functions:FallbackCycle:Interval")]
    [InlineData("Full", false, "Sequences:Full")]
    [InlineData("Full", false, "Sequences:ChangeDriven")]
    [InlineData("Fallback", true, "Sequences:Full", "Sequences:Fallback")]
    [InlineData("Fallback", true, "Sequences:Full", "Functions:FallbackCycle:Sequence")]
    [InlineData("Full", true, "Sequences:Full", "Functions:WeeklyFull")]
    public void Settings_that_say_nothing_of_a_fallback_keep_their_meaning(string sequence, bool nightly, params string[] stated)
    {
        var settings = new AgentSettings();
        TimedDefaults.Fit(settings, stated.Contains);
        Assert.Equal((sequence, nightly), (settings.Functions["FallbackCycle"].Sequence, settings.Functions["WeeklyFull"].Enabled));
        Assert.Equal(
            stated.Any(name => name.StartsWith("Sequences:", StringComparison.Ordinal)) ? "Full" : "Nightly",
            settings.Functions["NightlyCycle"].Sequence);
    }

    [Theory]
    [InlineData("Full", true)]
    [InlineData("Mine", true)]
    [InlineData("Fallback", false)]
    public void Who_chose_another_fallback_or_none_is_given_no_full_by_night(string sequence, bool enabled)
    {
        var settings = new AgentSettings();
        (settings.Functions["FallbackCycle"].Sequence, settings.Functions["FallbackCycle"].Enabled) = (sequence, enabled);
        TimedDefaults.Fit(settings, name => name == "Functions:FallbackCycle:Sequence");
        Assert.False(settings.Functions["WeeklyFull"].Enabled);
        Assert.False(settings.Functions["NightlyCycle"].Enabled);
    }

    [Fact]
    public void The_fallback_asks_both_sides_and_does_the_rest_only_for_a_reason()
    {
        var steps = ShippedSequences.Find("fallback")!.Steps;
        Assert.Equal(
            ["AADMA Delta Import (Stage Only)", "ADMA Delta Import (Stage Only)"],
            steps.Where(step => step.When == StepCondition.Always).Select(step => step.ToString()));
        Assert.All(steps.Where(step => step.Kind == StepKind.Import), step => Assert.Equal("Full Import (Stage Only)", step.FullImport));
        Assert.Empty(AgentSettingsValidator.Validate(new AgentSettings()));
    }
}
