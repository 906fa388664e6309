using MimHybrid.Cycles.Planning;

namespace MimHybrid.Cycles.Tests.Planning;

/// <summary>Which sequence waits after what, where it is a close thing.</summary>
public sealed class FailurePauseTests
{
    /// <summary>One cycle ends after the other, and a clock may stand still meanwhile.</summary>
    [Fact]
    public void A_full_that_ended_well_at_the_time_of_the_failure_has_settled_it() =>
        Assert.IsType<Decision.Run>(Given.Quiet.With(added: 1)
            .LastFull(secondsAgo: 1).Failed(times: 1, secondsAgo: 1, sequence: "ChangeDriven").Decide());

    /// <summary>It counts as a failure, and its own good end must not settle it.</summary>
    [Fact]
    public void A_full_that_ended_well_and_carried_none_of_the_changes_that_started_it_waits()
    {
        var settings = Given.SettingsWith(settings => settings.Functions["GuestChanges"].Sequence = "Full");
        var snapshot = Given.Quiet.With(added: 1).LastFull(secondsAgo: 1).Failed(times: 1, secondsAgo: 1, sequence: "Full");
        Assert.Equal(WaitCause.Backoff, Assert.IsType<Decision.Wait>(snapshot.Decide(settings)).Cause);
    }

    [Fact]
    public void However_the_name_of_a_sequence_is_typed_its_failures_are_its_own()
    {
        var settings = Given.SettingsWith(settings => settings.Functions["GuestChanges"].Sequence = "changedriven");
        var snapshot = Given.Quiet.With(added: 1).Failed(times: 1, secondsAgo: 1, sequence: "ChangeDriven");
        Assert.Equal(WaitCause.Backoff, Assert.IsType<Decision.Wait>(snapshot.Decide(settings)).Cause);
    }

    /// <summary>A cycle that ended in the future: the clock was set back since, and resting until then could take for ever.</summary>
    [Fact]
    public void A_clock_that_was_set_back_makes_no_function_rest()
    {
        var snapshot = Given.Quiet.With(added: 1) with
        {
            LastEnded = new Dictionary<string, DateTimeOffset> { ["GuestChanges"] = Given.Noon.AddHours(1) },
        };
        Assert.IsType<Decision.Run>(snapshot.Decide());
    }

    [Fact]
    public void Who_failed_while_graph_or_mim_was_away_is_tried_again_once_it_answers()
    {
        var failed = Given.Quiet.With(added: 1).Failed(times: 9, secondsAgo: 60, sequence: "ChangeDriven");
        Assert.Equal(WaitCause.Backoff, Assert.IsType<Decision.Wait>(failed.Decide()).Cause);
        Assert.IsType<Decision.Run>((failed with { OutageEndedAt = Given.Noon.AddSeconds(-30) }).Decide());
    }

    [Theory]
    [InlineData(-90, false)] // it ended before the failure
    [InlineData(60, false)] // a time to come: the clock was set back
    [InlineData(-30, true)] // what waits for a person has no outage for its cause
    public void Otherwise_an_outage_that_ended_ends_no_pause(int endedAfterNoon, bool needsPerson) => Assert.IsNotType<Decision.Run>(
        (Given.Quiet.With(added: 1).Failed(times: 9, secondsAgo: 60, needsPerson, sequence: "ChangeDriven") with
        {
            OutageEndedAt = Given.Noon.AddSeconds(endedAfterNoon),
        }).Decide());
}
