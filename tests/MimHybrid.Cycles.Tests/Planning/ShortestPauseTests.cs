using MimHybrid.Cycles.Planning;
using static MimHybrid.Cycles.Tests.Planning.Given;

namespace MimHybrid.Cycles.Tests.Planning;

/// <summary>Whatever the settings, cycles do not follow each other without a pause.</summary>
public sealed class ShortestPauseTests
{
    [Fact]
    public void Without_any_backoff_there_is_still_a_pause_after_a_failure()
    {
        var none = SettingsWith(s => s.Backoff.First = s.Backoff.Longest = TimeSpan.Zero);
        foreach (var needsPerson in new[] { false, true })
        {
            var failed = Quiet.With(added: 1).Failed(times: 5, secondsAgo: 1, needsPerson, sequence: "ChangeDriven");
            Assert.IsNotType<Decision.Run>(failed.Decide(none));
            Assert.IsType<Decision.Run>(failed.Decide(none, Noon.AddSeconds(10)));
        }
    }

    [Fact]
    public void Changes_that_come_without_end_start_a_cycle_once_in_a_while_and_not_one_after_the_other()
    {
        var atOnce = SettingsWith(s => s.Functions["GuestChanges"].SettleTime = s.Functions["GuestChanges"].LongestWait = TimeSpan.Zero);
        var justEnded = Quiet.With(added: 1, secondsAgo: 1) with { LastEnded = new Dictionary<string, DateTimeOffset> { ["GuestChanges"] = Noon } };
        var wait = Assert.IsType<Decision.Wait>(justEnded.Decide(atOnce));
        Assert.Equal((Noon + atOnce.ShortestPause, WaitCause.Settling), (wait.Until, wait.Cause));
        Assert.IsType<Decision.Run>(justEnded.Decide(atOnce, wait.Until));
    }

    [Fact]
    public void A_timer_of_a_tenth_of_a_second_keeps_the_shortest_pause()
    {
        var hectic = SettingsWith(s => s.Functions["FallbackCycle"].Interval = TimeSpan.FromMilliseconds(100));
        var justEnded = Quiet.LastFull(secondsAgo: 1) with { LastEnded = new Dictionary<string, DateTimeOffset> { ["FallbackCycle"] = Noon.AddSeconds(-1) } };
        Assert.Equal(Noon.AddSeconds(9), Assert.IsType<Decision.Wait>(justEnded.Decide(hectic)).Until);
    }
}
