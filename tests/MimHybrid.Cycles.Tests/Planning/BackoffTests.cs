using MimHybrid.Cycles.Planning;
using static MimHybrid.Cycles.Tests.Planning.Given;

namespace MimHybrid.Cycles.Tests.Planning;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(60, 120)]
    [InlineData(3600, 1800)]
    public void After_polls_that_failed_the_wait_grows_to_two_intervals_and_no_longer_than_any_wait(int interval, int longest)
    {
        var settings = SettingsWith();
        Assert.InRange(
            Backoff.AfterPolls(settings, TimeSpan.FromSeconds(interval), failures: 50, seed: 7),
            TimeSpan.FromSeconds(longest * 0.8),
            TimeSpan.FromSeconds(longest));
        Assert.InRange(Backoff.AfterPolls(settings, TimeSpan.FromMinutes(1), failures: 1, seed: 7), TimeSpan.FromSeconds(24), TimeSpan.FromSeconds(36));
    }
}
