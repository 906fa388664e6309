using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>
/// No answer keeps the agent at the same link for ever (MimHybrid.Graph/README.md#dead-tokens): what is neither passing nor a page is
/// given up after three, whatever its form, and also by an agent that ends after each poll.
/// </summary>
public sealed class StuckLinkTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<Fault> Refusals =>
    [
        new Fault.Answer(414, "<html><h1>URI Too Long</h1></html>", "text/html"),
        Fault.Empty(413),
        Fault.Html(431),
        Fault.Html(404),
        Fault.Error(404, "ResourceNotFound", ""),
        Fault.Error(400, "BadRequest", ""),
        Fault.Html(400),
        Fault.Html(401),
        Fault.Html(403),
        Fault.Empty(409),
    ];

    private static bool IsRound(RecordedRequest request) =>
        request.IsDelta && request.PathAndQuery.Contains("deltatoken", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task A_cursor_that_is_refused_for_good_is_given_up_the_third_time_by_an_agent_that_starts_anew_for_each_poll(Fault fault)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.Tenant.Faults.Next(fault, count: 100, IsRound);
        for (var poll = 1; poll < 3; poll++)
        {
            await watched.PollInVainAsync();
            watched.Restart();
            watched.Clock.Advance(Minute);
        }

        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        Assert.Equal(1, watched.Store.Reader.CountLiveGuests());
        var status = ((Fault.Answer)fault).Status.ToString(null, null);
        Assert.Contains($"({status}", Assert.Single(watched.Logs.Lines, line => line.Id == 2002).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_within_seconds_are_one()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var link = watched.CursorLink;
        watched.FailDelta(Fault.Html(404), count: 5);
        for (var poll = 0; poll < 5; poll++) await watched.PollInVainAsync();
        Assert.Equal(link, watched.CursorLink);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    /// <summary>A portal answers so until somebody signs in at it; a page that breaks the protocol each time has the same form.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("<html/>")]
    public async Task Answers_that_cannot_be_used_have_to_go_on_for_an_hour(string body)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.Tenant.Faults.Next(Fault.Page(body), count: 100, IsRound);
        for (var poll = 0; poll < 60; poll += 10)
        {
            Assert.Equal(PollFailureClass.Malformed, (await watched.PollInVainAsync()).Class);
            watched.Clock.Advance(10 * Minute);
        }

        watched.Restart(); // the access token has ended by now
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
    }

    [Theory]
    [InlineData(BaselineChoice.Delta, 2024)]
    [InlineData(BaselineChoice.List, 2054)]
    public async Task A_page_link_of_a_reading_is_given_up_the_third_time_and_the_reading_begun_anew(BaselineChoice kind, int told)
    {
        var options = new SandboxTenantOptions { Pages = new PageShape { Size = 1 }, LargestListPage = 1 };
        await using var watched = await WatchedTenant.StartAsync(options);
        for (var number = 0; number < 3; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        watched.FailLaterPage(Fault.Html(414), count: 3);
        for (var poll = 1; poll < 3; poll++)
        {
            watched.Restart(settings => (settings.Baseline, settings.ListSettleTime) = (kind, TimeSpan.Zero));
            await watched.PollInVainAsync();
            watched.Clock.Advance(Minute);
        }

        Assert.Equal(3, await watched.PollAsync() is PollResult.BaselineRead found ? found.Guests : 0);
        Assert.Contains("(414)", Assert.Single(watched.Logs.Lines, line => line.Id == told).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_refused_for_good_gives_way_to_a_reading_by_delta()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.Restart(settings => (settings.Baseline, settings.ListSettleTime) = (BaselineChoice.List, TimeSpan.Zero));
        watched.Tenant.Faults.Next(Fault.Error(400, "BadRequest", ""), count: 100, request => request.Path == "/v1.0/users");
        for (var poll = 1; poll < 3; poll++)
        {
            await watched.PollInVainAsync();
            watched.Restart();
            watched.Clock.Advance(Minute);
        }

        Assert.Equal(1, await watched.PollAsync() is PollResult.BaselineRead found ? found.Guests : 0);
        Assert.Equal(1, watched.Logs.Count(2056));

        watched.Tenant.Faults.Clear();
        watched.Store.Requests.RequestResync("ada", watched.Clock.GetUtcNow());
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        Assert.Equal((1, 1), (watched.Logs.Count(2056), watched.CountBeginnings()));
    }

    [Fact]
    public async Task A_reading_by_delta_that_cannot_be_finished_for_days_is_begun_anew()
    {
        var options = new SandboxTenantOptions { Pages = new PageShape { Size = 1 }, SkipTokenLifetime = TimeSpan.FromDays(30) };
        await using var watched = await WatchedTenant.StartAsync(options);
        for (var number = 0; number < 3; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        watched.FailLaterPage(Fault.Unavailable(), count: 2);
        await watched.PollInVainAsync();
        watched.Clock.Advance(TimeSpan.FromDays(2));
        watched.Restart();
        await watched.PollInVainAsync();
        Assert.Equal(1, watched.CountBeginnings());

        watched.Clock.Advance(TimeSpan.FromDays(1));
        watched.Restart();
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        Assert.Equal(2, watched.CountBeginnings());
    }

    [Fact]
    public async Task A_contradiction_about_a_user_who_is_gone_ends_also_when_each_poll_is_another_process()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        const string Contradiction = """{"id":"gone","@removed":{"reason":"changed"}},{"id":"gone","userType":"Guest"}""";
        watched.AnswerDeltaWith(Contradiction);
        await watched.PollInVainAsync();

        watched.Restart();
        watched.Clock.Advance(Minute);
        watched.AnswerDeltaWith(Contradiction);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    /// <summary>A page said that the user is gone, a later one shows them from a slow replica, and the look at them ends the poll.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_earlier_page_of_a_reading_said_is_known_to_the_poll_that_goes_on_with_it(bool anotherProcess)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var link = watched.CursorLink;
        watched.Store.Guests.ForgetCursor();
        watched.AnswerDeltaWith("""{"id":"gone","@removed":{"reason":"changed"}}""", nextLink: link);
        watched.AnswerDeltaWith("""{"id":"gone","userType":"Guest"}""", deltaLink: link);
        await watched.PollInVainAsync();
        Assert.Equal(1, watched.Store.Guests.ReadBaseline()!.Pages);

        if (anotherProcess) watched.Restart();
        watched.Clock.Advance(Minute);
        watched.AnswerDeltaWith("""{"id":"gone","userType":"Guest"}""", deltaLink: link);
        Assert.Equal(0, await watched.PollAsync() is PollResult.BaselineRead found ? found.Guests : -1);
        Assert.Equal(0, watched.Store.Reader.CountLiveGuests());
    }
}
