using System.Text;
using MimHybrid.Graph.Tests.Conformance;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>Answers that do not come or do not end. What a single bad answer may be is in <see cref="Conformance"/>.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up_at_the_time_limit() => await AssertGivenUpAsync(Fault.Hang, "Graph:IdleTimeout");

    [Fact]
    public async Task A_body_that_goes_silent_is_given_up_at_the_time_limit() => await AssertGivenUpAsync(new Fault.StallBody(), "Graph:IdleTimeout");

    [Fact]
    public async Task Patience_for_silence_does_not_outlast_the_patience_for_the_whole() => await AssertGivenUpAsync(
        Fault.Hang, "Graph:RequestTimeout", settings => (settings.RequestTimeout, settings.IdleTimeout) = (TimeSpan.FromSeconds(5), TimeSpan.FromHours(1)));

    private static async Task AssertGivenUpAsync(Fault fault, string says, Action<GraphSettings>? settings = null)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.Restart(settings);
        watched.FailDelta(fault);
        var asked = watched.Tenant.Requests.NextAsync(request => request.IsDelta, TestContext.Current.CancellationToken);
        var poll = watched.PollInVainAsync();
        await asked;
        watched.Clock.Advance(watched.Settings.IdleTimeout < watched.Settings.RequestTimeout ? watched.Settings.IdleTimeout : watched.Settings.RequestTimeout);
        Assert.Contains(says, (await poll).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.Restart(settings => settings.LargestPageBytes = 300_000);
        await watched.PollAsync();
        var failure = await BadAnswer.PlayAsync(watched, Fault.Page(new StringBuilder("{\"value\":[").Append(' ', 400_000).ToString()));
        Assert.Contains("larger than Graph:LargestPageBytes", failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_in_a_circle_end_the_poll()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.AnswerDeltaWith("", nextLink: watched.CursorLink);
        Assert.Equal(PollFailureClass.Malformed, (await watched.PollInVainAsync()).Class);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    [Fact]
    public async Task A_baseline_that_was_led_in_a_circle_begins_anew()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var link = watched.CursorLink;
        watched.Store.Guests.ForgetCursor();
        watched.AnswerDeltaWith("", nextLink: link);
        watched.AnswerDeltaWith("", nextLink: link);
        Assert.Equal(PollFailureClass.Malformed, (await watched.PollInVainAsync()).Class);
        Assert.Null(watched.Store.Guests.ReadBaseline());
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
    }

    [Fact]
    public async Task An_outage_is_logged_when_it_begins_and_when_it_ends()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.Tenant.Faults.Outage = true;
        for (var poll = 0; poll < 5; poll++) Assert.Equal(PollFailureClass.Unreachable, (await watched.PollInVainAsync()).Class);
        watched.Tenant.Faults.Outage = false;
        await watched.PollAsync();
        await watched.PollAsync();
        Assert.Equal((1, 1), (watched.Logs.Count(2000), watched.Logs.Count(2001)));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        await watched.Tenant.DisposeAsync();
        Assert.Equal(PollFailureClass.Unreachable, (await watched.PollInVainAsync()).Class);
    }
}
