using MimHybrid.Cycles.Running;
using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Results;

namespace MimHybrid.Cycles.Tests.Cycles;

/// <summary>Which words are tried again and how often (MimHybrid.Mim/README.md#the-classes-of-result-words).</summary>
public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData("stopped-connectivity", 3)]
    [InlineData("stopped-server-down", 3)]
    [InlineData("connection-failure", 3)]
    [InlineData("stopped-service-shutdown", 3)]
    [InlineData("no-start-ma-update-in-progress", 3)]
    [InlineData("cim-unreachable", 3)]
    [InlineData("stopped-deadlocked", 5)]
    [InlineData("sql-deadlock", 1)]
    [InlineData("stopped-database-connection-lost", 1)]
    [InlineData("stopped-extension-dll-updated-version", 1)]
    [InlineData("call-failure", 1)]
    [InlineData("call-failure:0x80230000", 1)]
    [InlineData("call-failure:0x8023063D", 0)] // waited for inside SyncServer, as is the next
    [InlineData("call-failure (0x8023063d)", 0)]
    [InlineData("no-start-ma-already-running", 0)]
    [InlineData("success", 0)]
    [InlineData("in-progress", 0)]
    [InlineData("no-start-credentials", 0)]
    [InlineData("stopped-user-termination-from-wmi-or-ui", 0)]
    public void Each_word_has_its_number_of_retries(string word, int most) =>
        Assert.Equal(most, new RetryPolicy(new RetrySettings()).MostFor(ResultWords.Judge(word)));

    [Fact]
    public void Every_word_that_may_pass_is_tried_a_bounded_number_of_times()
    {
        var policy = new RetryPolicy(new RetrySettings());
        Assert.All(ResultWords.Known, word => Assert.InRange(policy.MostFor(word), 0, word.Class == ResultClass.TryAgain ? 5 : 0));
        Assert.All(ResultWords.Known, word => Assert.Null(policy.WaitBeforeNext(word, policy.MostFor(word), seed: 1)));
    }

    [Fact]
    public void A_count_of_zero_turns_all_retries_off() =>
        Assert.All(ResultWords.Known, word => Assert.Null(new RetryPolicy(new RetrySettings { Count = 0 }).WaitBeforeNext(word, 0, seed: 1)));

    [Fact]
    public void Waits_double_and_are_capped()
    {
        var policy = new RetryPolicy(new RetrySettings { Count = 9 });
        double[] longest = [10, 20, 40, 80, 120, 120];
        for (var retried = 0; retried < longest.Length; retried++)
            Assert.InRange(policy.WaitBeforeNext(ResultWords.Judge("stopped-connectivity"), retried, seed: 7)!.Value.TotalSeconds, longest[retried] * 0.8, longest[retried]);
    }
}
