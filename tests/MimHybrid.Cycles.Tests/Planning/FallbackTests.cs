using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;
using static MimHybrid.Cycles.Tests.Planning.Given;

namespace MimHybrid.Cycles.Tests.Planning;

/// <summary>The two timers that ship: the Fallback of the hour asks first, the Full of the night looks at everything.</summary>
public sealed class FallbackTests
{
    [Fact]
    public void A_full_is_a_fallback_too_and_not_the_other_way_round()
    {
        Assert.Equal(Noon.AddMinutes(59), Assert.IsType<Decision.Wait>(
            Quiet.LastFull(secondsAgo: 60).LastFallback(secondsAgo: 90_000).Decide()).Until);
        Assert.Equal("NightlyFull", Assert.IsType<Decision.Run>(
            OldFull.LastFallback(secondsAgo: 60).Decide()).Function);
    }

    [Fact]
    public void Where_both_are_due_the_full_runs_and_spares_the_fallback()
    {
        var both = OldFull.LastFallback(secondsAgo: 7200);
        Assert.Equal("NightlyFull", Assert.IsType<Decision.Run>(both.Decide()).Function);
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
        var future = Quiet.LastFull(secondsAgo: -86_400);
        Assert.Equal("NightlyFull", Assert.IsType<Decision.Run>(future.LastFallback(secondsAgo: 60).Decide()).Function);
        Assert.IsType<Decision.Hold>(
            future.LastFallback(secondsAgo: 60).Failed(times: 1, secondsAgo: 60, needsPerson: true, sequence: "Full").Decide());
    }

    [Theory]
    [InlineData("Fallback", true)]
    [InlineData("Fallback", true, "Functions:FallbackCycle:Interval")]
    [InlineData("Full", false, "Sequences:Full")]
    [InlineData("Full", false, "Sequences:ChangeDriven")]
    [InlineData("Fallback", true, "Sequences:Full", "Sequences:Fallback")]
    [InlineData("Fallback", true, "Sequences:Full", "Functions:FallbackCycle:Sequence")]
    [InlineData("Full", true, "Sequences:Full", "Functions:NightlyFull")]
    public void Settings_that_say_nothing_of_a_fallback_keep_their_meaning(string sequence, bool nightly, params string[] stated)
    {
        var settings = new AgentSettings();
        TimedDefaults.Fit(settings, stated.Contains);
        Assert.Equal((sequence, nightly), (settings.Functions["FallbackCycle"].Sequence, settings.Functions["NightlyFull"].Enabled));
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
        Assert.False(settings.Functions["NightlyFull"].Enabled);
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
