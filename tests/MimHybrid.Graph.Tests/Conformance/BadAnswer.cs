using MimHybrid.Graph.Tests.Polling;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Conformance;

/// <summary>
/// What holds for every answer that cannot be used: one request and no repetition at once, cursor and guests as they were, no cycle, one
/// line in the log; and the next good poll finds what happened meanwhile and says that all is well.
/// </summary>
internal static class BadAnswer
{
    private const string Planted = "planted";

    /// <summary>Plays it as the answer to a round, and checks all of that. The failure is the test's to judge.</summary>
    public static async Task<PollFailure> PlayAsync(WatchedTenant watched, Fault fault)
    {
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.FailDelta(fault);

        var transcript = await Transcript.OfPollAsync(watched);
        Assert.Equal("round", transcript.Requested);
        Assert.Equal((false, false), (transcript.CursorMoved, transcript.CausesCycle));
        Assert.Equal(0, watched.Store.Reader.CountLiveGuests());
        Assert.StartsWith($"No guest changes can be read: {transcript.Failure.Sentence}", transcript.Read, StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, transcript.Read, StringComparison.OrdinalIgnoreCase);

        var recovery = await Transcript.OfPollAsync(watched);
        Assert.Equal(new PollResult.Changed(1, 0, 0, 0), recovery.Result);
        Assert.True(recovery.CausesCycle);
        Assert.Contains("Guest changes can be read again.", recovery.Read, StringComparison.Ordinal);
        return transcript.Failure;
    }

    public static async Task PlayAsync(Fault fault, PollFailureClass failureClass, bool needsPerson, string says)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var failure = await PlayAsync(watched, fault);
        Assert.Equal((failureClass, needsPerson), (failure.Class, failure.NeedsPerson));
        Assert.Contains(says, failure.Sentence, StringComparison.Ordinal);
    }
}
