using System.Text;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>Whatever Graph answers, the cursor stays, and the next poll finds what happened meanwhile.</summary>
public sealed class FailureTests
{
    private static async Task<PollFailure> FailAsync(WatchedTenant watched, Fault fault)
    {
        watched.FailDelta(fault);
        var link = watched.CursorLink;
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var failure = await watched.PollInVainAsync();
        Assert.Equal(link, watched.CursorLink);
        Assert.Empty(watched.TakeChanges());
        Assert.Equal(new PollResult.Changed(1, 0, 0, 0), await watched.PollAsync());
        Assert.Equal((1, 1), (watched.Logs.Count(2000), watched.Logs.Count(2001)));
        return failure;
    }

    private static Fault Redirect(string location) =>
        new Fault.Answer(302, "", "") { Headers = new Dictionary<string, string> { ["Location"] = location } };

    private static Fault PageWithLink(string name, string link) => Fault.Page($$"""{"value":[],"{{name}}":"{{link}}"}""");

    public static TheoryData<Fault, PollFailureClass, bool, string> Faults => new()
    {
        { Fault.Throttled(null), PollFailureClass.Throttled, false, "429 TooManyRequests" },
        { Fault.Unavailable(), PollFailureClass.ServerError, false, "503 UnknownError" },
        { Fault.Error(500, "InternalServerError", "planted"), PollFailureClass.ServerError, false, "500 InternalServerError" },
        { Fault.Empty(502), PollFailureClass.ServerError, false, "(502)" },
        { Fault.Html(504), PollFailureClass.ServerError, false, "(504)" },
        { Fault.Error(403, "Authorization_RequestDenied", "planted"), PollFailureClass.Permission, true, "User.Read.All" },
        { Fault.Error(403, "AccessDenied", "planted"), PollFailureClass.Permission, true, "403 AccessDenied" },
        { Fault.Html(403), PollFailureClass.Permission, true, "proxy" },
        { Fault.Html(407), PollFailureClass.Unreachable, false, "proxy" },
        { Fault.Html(404), PollFailureClass.ServerError, false, "(404)" },
        { Fault.Error(401, "InvalidAuthenticationToken", "planted"), PollFailureClass.SignIn, false, "401 InvalidAuthenticationToken" },
        { Fault.Html(200), PollFailureClass.Malformed, false, "not JSON" },
        { Fault.Empty(200), PollFailureClass.Malformed, false, "the answer is empty" },
        { Fault.Empty(204), PollFailureClass.Malformed, false, "empty" },
        { Fault.Page("{}"), PollFailureClass.Malformed, false, "no \"value\"" },
        { Fault.Page("""{"value":[]}"""), PollFailureClass.Malformed, false, "no link" },
        { Fault.Page("""{"value":[{"id":""}],"@odata.deltaLink":"https://x"}"""), PollFailureClass.Malformed, false, "id is empty" },
        { PageWithLink("@odata.deltaLink", "https://evil.example/v1.0/users/delta?$deltatoken=planted"), PollFailureClass.Malformed, false, "another server" },
        { PageWithLink("@odata.nextLink", "https://evil.example/v1.0/users/delta?$skiptoken=planted"), PollFailureClass.Malformed, false, "another server" },
        { new Fault.CutBody(), PollFailureClass.Unreachable, false, "broke" },
        { new Fault.Reset(), PollFailureClass.Unreachable, false, "broke" },
        { Redirect("https://evil.example/planted"), PollFailureClass.Unreachable, false, "redirects" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task The_cursor_outlives_every_bad_answer(Fault fault, PollFailureClass failureClass, bool needsPerson, string says)
    {
        await using var watched = await WatchedTenant.StartEnumeratedAsync();
        var failure = await FailAsync(watched, fault);
        Assert.Equal((failureClass, needsPerson), (failure.Class, failure.NeedsPerson));
        Assert.Contains(says, failure.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", failure.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData("Sun, 22 Nov 2026 08:02:02 GMT", 122)]
    [InlineData("Sun, 22 Nov 2026 07:00:00 GMT", 0)]
    [InlineData("99999999", 86400)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    public async Task The_wait_that_Graph_asks_for_is_handed_on(string header, int? seconds)
    {
        await using var watched = await WatchedTenant.StartEnumeratedAsync();
        var wait = seconds is { } known ? TimeSpan.FromSeconds(known) : (TimeSpan?)null;
        watched.FailDelta(Fault.Throttled(header));
        Assert.Equal(wait, (await watched.PollInVainAsync()).RetryAfter);
        watched.FailDelta(Fault.Unavailable(header));
        Assert.Equal(wait, (await watched.PollInVainAsync()).RetryAfter);
        Assert.Equal(2, watched.Tenant.Requests.Count(request => request.IsDelta && request.Status >= 400));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up_at_the_time_limit() => await AssertGivenUpAsync(Fault.Hang, "Graph:IdleTimeout");

    [Fact]
    public async Task A_body_that_goes_silent_is_given_up_at_the_time_limit() => await AssertGivenUpAsync(new Fault.StallBody(), "Graph:IdleTimeout");

    [Fact]
    public async Task Patience_for_silence_does_not_outlast_the_patience_for_the_whole() => await AssertGivenUpAsync(
        Fault.Hang, "Graph:RequestTimeout", settings => (settings.RequestTimeout, settings.IdleTimeout) = (TimeSpan.FromSeconds(5), TimeSpan.FromHours(1)));

    private static async Task AssertGivenUpAsync(Fault fault, string says, Action<GraphSettings>? settings = null)
    {
        await using var watched = await WatchedTenant.StartEnumeratedAsync();
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
        await using var watched = await WatchedTenant.StartEnumeratedAsync();
        watched.Restart(settings => settings.LargestPageBytes = 300_000);
        var failure = await FailAsync(watched, Fault.Page(new StringBuilder("{\"value\":[").Append(' ', 400_000).ToString()));
        Assert.Contains("larger than Graph:LargestPageBytes", failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_in_a_circle_end_the_poll()
    {
        await using var watched = await WatchedTenant.StartEnumeratedAsync();
        watched.AnswerDeltaWith("", nextLink: watched.CursorLink);
        Assert.Equal(PollFailureClass.Malformed, (await watched.PollInVainAsync()).Class);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    [Fact]
    public async Task An_enumeration_that_was_led_in_a_circle_begins_anew()
    {
        await using var watched = await WatchedTenant.StartEnumeratedAsync();
        var link = watched.CursorLink;
        watched.Store.ForgetCursor();
        watched.AnswerDeltaWith("", nextLink: link);
        watched.AnswerDeltaWith("", nextLink: link);
        Assert.Equal(PollFailureClass.Malformed, (await watched.PollInVainAsync()).Class);
        Assert.Null(watched.Store.ReadEnumeration());
        Assert.IsType<PollResult.Enumerated>(await watched.PollAsync());
    }

    [Fact]
    public async Task An_outage_is_logged_when_it_begins_and_when_it_ends()
    {
        await using var watched = await WatchedTenant.StartEnumeratedAsync();
        watched.Tenant.Faults.Outage = true;
        for (var poll = 0; poll < 5; poll++) Assert.Equal(PollFailureClass.Unreachable, (await watched.PollInVainAsync()).Class);
        watched.Tenant.Faults.Outage = false;
        await watched.PollAsync();
        await watched.PollAsync();
        Assert.Equal((1, 1), (watched.Logs.Count(2000), watched.Logs.Count(2001)));
    }

    [Fact]
    public async Task Graph_and_the_sign_in_go_through_the_proxy_that_is_set()
    {
        await using var watched = await WatchedTenant.StartEnumeratedAsync();
        await using var elsewhere = await WatchedTenant.StartAsync();
        watched.Tenant.Requests.Clear();
        watched.Restart(settings => settings.Proxy = $"http://127.0.0.1:{elsewhere.Tenant.GraphBaseUrl.Port}");
        Assert.Equal(PollFailureClass.Unreachable, (await watched.PollInVainAsync()).Class);
        Assert.Empty(watched.Tenant.Requests.All);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        await using var watched = await WatchedTenant.StartEnumeratedAsync();
        await watched.Tenant.DisposeAsync();
        Assert.Equal(PollFailureClass.Unreachable, (await watched.PollInVainAsync()).Class);
    }
}
