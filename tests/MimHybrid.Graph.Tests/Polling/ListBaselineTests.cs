using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>
/// A large tenant is read by list, on top of a delta link that was taken first (MimHybrid.Graph/README.md#reading-the-whole-tenant).
/// </summary>
public sealed class ListBaselineTests
{
    private const int Guests = 2500;
    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(10);

    /// <summary>Three pages of guests, and members enough to be called large.</summary>
    private static async Task<WatchedTenant> StartLargeAsync(Action<GraphSettings>? change = null, SandboxTenantOptions? options = null)
    {
        var watched = await WatchedTenant.StartAsync(options);
        watched.People.AddMembers(9000);
        for (var number = 1; number <= Guests; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        watched.Restart(change);
        return watched;
    }

    private static void DoNotSettle(GraphSettings settings) => settings.ListSettleTime = TimeSpan.Zero;

    private static bool IsListPage(RecordedRequest request) => request.Path == "/v1.0/users";

    private static void FailListPage(WatchedTenant watched, Fault fault, int page) => watched.Tenant.Faults.Next(
        fault, when: request => IsListPage(request) && watched.Tenant.Requests.Count(IsListPage) >= page);

    [Fact]
    public async Task It_costs_a_count_a_link_and_a_request_for_999_guests_and_an_idle_round_one_request()
    {
        await using var watched = await StartLargeAsync(DoNotSettle);
        Assert.Equal(new PollResult.BaselineRead(Guests, Guests, Guests), await watched.PollAsync());
        Assert.Equal(
            ["/v1.0/users/$count", "/v1.0/users/delta", "/v1.0/users", "/v1.0/users", "/v1.0/users"],
            watched.Tenant.Requests.All.Where(request => !request.IsTokenRequest).Select(request => request.Path));

        watched.Tenant.Requests.Clear();
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Single(watched.Tenant.Requests.All);
    }

    [Fact]
    public async Task A_tenant_of_few_users_is_read_by_delta()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        Assert.Equal((1, 0), (watched.Tenant.Requests.Count(request => request.IsDelta), watched.Tenant.Requests.Count(IsListPage)));
    }

    [Theory]
    [InlineData(BaselineChoice.Delta, 0)]
    [InlineData(BaselineChoice.List, 1)]
    public async Task A_setting_decides_without_a_count(BaselineChoice kind, int listPages)
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.Restart(settings => (settings.Baseline, settings.ListSettleTime) = (kind, TimeSpan.Zero));
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        Assert.Equal(listPages, watched.Tenant.Requests.Count(IsListPage));
        Assert.Equal(0, watched.Tenant.Requests.Count(request => request.Path.EndsWith("$count", StringComparison.Ordinal)));
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    [Fact]
    public async Task Until_the_list_has_caught_up_polls_say_so_also_after_a_restart()
    {
        await using var watched = await StartLargeAsync();
        var until = watched.Clock.GetUtcNow() + Settle;
        for (var poll = 0; poll < 3; poll++)
        {
            var waiting = Assert.IsType<PollResult.Waiting>(await watched.PollAsync());
            Assert.Equal(until, waiting.Until);
            Assert.Contains("08:10:00 UTC", waiting.Sentence, StringComparison.Ordinal);
            watched.Clock.Advance(TimeSpan.FromMinutes(1));
            watched.Restart();
        }

        Assert.Equal((1, 0), (watched.Tenant.Requests.Count(request => request.IsDelta), watched.Tenant.Requests.Count(IsListPage)));
        watched.Clock.SetUtcNow(until);
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
    }

    [Fact]
    public async Task What_happens_meanwhile_is_told_by_the_round_after_it()
    {
        await using var watched = await StartLargeAsync();
        await watched.PollAsync();
        var (gone, changed) = (watched.People.Guests[0], watched.People.Guests[1]);
        watched.People.Delete(gone.Id);
        watched.Clock.Advance(Settle);
        FailListPage(watched, new Fault.Reset(), page: 3);
        await watched.PollInVainAsync();

        watched.People.Update(changed.Id, "mail", "changed@wingtip.example"); // its page has been read already
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.Equal(new PollResult.BaselineRead(Guests, Guests, Guests), await watched.PollAsync());
        Assert.Equal(new PollResult.Changed(0, 1, 0, 0), await watched.PollAsync());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 999)]
    [InlineData(3, 1998)]
    public async Task It_goes_on_after_a_crash_at_any_page(int page, long guestsKept)
    {
        await using var watched = await StartLargeAsync(DoNotSettle);
        FailListPage(watched, new Fault.Reset(), page);
        await watched.PollInVainAsync();
        Assert.Equal((BaselineKind.List, guestsKept), (watched.Store.Guests.ReadBaseline()!.Kind, watched.Store.Guests.ReadBaseline()!.Guests));

        watched.Tenant.Requests.Clear();
        watched.Restart();
        Assert.Equal(new PollResult.BaselineRead(Guests, Guests, Guests), await watched.PollAsync());
        Assert.Equal((0, 4 - page), (watched.Tenant.Requests.Count(request => request.IsDelta), watched.Tenant.Requests.Count(IsListPage)));
    }

    [Fact]
    public async Task One_that_was_cut_off_days_ago_begins_anew_because_its_delta_link_may_die()
    {
        await using var watched = await StartLargeAsync(DoNotSettle, new SandboxTenantOptions { SkipTokenLifetime = TimeSpan.FromDays(7) });
        FailListPage(watched, new Fault.Reset(), page: 2);
        await watched.PollInVainAsync();

        watched.Tenant.Requests.Clear();
        watched.Clock.Advance(TimeSpan.FromDays(3));
        watched.Restart();
        Assert.Equal(new PollResult.BaselineRead(Guests, Guests, Guests), await watched.PollAsync());
        Assert.Equal((1, 3), (watched.Tenant.Requests.Count(request => request.IsDelta), watched.Tenant.Requests.Count(IsListPage)));
    }

    [Fact]
    public async Task A_page_token_that_died_restarts_the_list_and_keeps_the_link()
    {
        await using var watched = await StartLargeAsync(DoNotSettle);
        FailListPage(watched, Fault.Error(400, "Directory_ExpiredPageToken", ""), page: 3);
        Assert.Equal(new PollResult.BaselineRead(Guests, Guests, Guests), await watched.PollAsync());
        Assert.Equal((1, 6), (watched.Tenant.Requests.Count(request => request.IsDelta), watched.Tenant.Requests.Count(IsListPage)));
        Assert.Equal(1, watched.Logs.Count(2054));
    }

    [Fact]
    public async Task Page_tokens_that_die_at_once_end_the_poll_and_not_the_agent()
    {
        await using var watched = await StartLargeAsync(DoNotSettle);
        watched.Tenant.Faults.Next(
            Fault.Error(400, "Directory_ExpiredPageToken", ""), 2, request => request.PathAndQuery.Contains("skiptoken", StringComparison.Ordinal));
        Assert.Equal(PollFailureClass.ServerError, (await watched.PollInVainAsync()).Class);
        Assert.Equal(new PollResult.BaselineRead(Guests, Guests, Guests), await watched.PollAsync());
    }

    [Theory]
    [InlineData("$count", 400)]
    [InlineData("$count", 403)]
    [InlineData("delta", 400)]
    public async Task What_Graph_refuses_is_done_by_delta(string refused, int status)
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.Restart(settings => (settings.ListBaselineFrom, settings.ListSettleTime) = (0, TimeSpan.Zero));
        watched.Tenant.Faults.Next(Fault.Error(status, "Request_UnsupportedQuery", ""), when: request => request.Path.Contains(refused, StringComparison.Ordinal));
        Assert.Equal(new PollResult.BaselineRead(1, 1, 1), await watched.PollAsync());
        Assert.Equal(0, watched.Tenant.Requests.Count(IsListPage));
    }

    [Fact]
    public async Task A_delta_link_that_comes_with_users_is_none_from_now_on_and_all_is_done_by_delta()
    {
        await using var watched = await WatchedTenant.StartAsync();
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.Restart(settings => (settings.ListBaselineFrom, settings.ListSettleTime) = (0, TimeSpan.Zero));
        watched.AnswerDeltaWith($$"""{"id":"{{lena.Id}}","userType":"Guest"}""", deltaLink: watched.Tenant.GraphBaseUrl + "/users/delta?$deltatoken=odd");
        Assert.Equal(new PollResult.BaselineRead(1, 1, 1), await watched.PollAsync());
        Assert.Equal((0, 1), (watched.Tenant.Requests.Count(IsListPage), watched.Logs.Count(2052)));
    }

    [Fact]
    public async Task A_count_that_is_throttled_is_waited_for()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.Tenant.Faults.Next(Fault.Throttled(120), when: request => request.Path.EndsWith("$count", StringComparison.Ordinal));
        var failure = await watched.PollInVainAsync();
        Assert.Equal((PollFailureClass.Throttled, TimeSpan.FromMinutes(2)), (failure.Class, failure.RetryAfter));
        Assert.Equal(0, watched.Tenant.Requests.Count(request => request.IsDelta));
    }

    [Theory]
    [InlineData("""{"value":[],"@odata.deltaLink":"https://localhost/v1.0/users/delta?$deltatoken=x"}""", "link to a next round")]
    [InlineData("""{"value":[],"@odata.nextLink":"https://evil.example/v1.0/users?$skiptoken=planted"}""", "another server")]
    [InlineData("""{}""", "no \"value\"")]
    public async Task A_page_that_is_none_is_refused_whole(string page, string says)
    {
        await using var watched = await StartLargeAsync(DoNotSettle);
        FailListPage(watched, Fault.Page(page), page: 2);
        var failure = await watched.PollInVainAsync();
        Assert.Contains(says, failure.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", failure.Sentence, StringComparison.Ordinal);
        Assert.Equal(new PollResult.BaselineRead(Guests, Guests, Guests), await watched.PollAsync());
    }

    [Fact]
    public async Task After_it_delta_and_list_have_the_same_digest_of_a_guest()
    {
        await using var watched = await StartLargeAsync(DoNotSettle);
        await watched.PollAsync();
        watched.TakeChanges();
        watched.Store.Guests.ForgetCursor();
        watched.Restart(settings => settings.Baseline = BaselineChoice.Delta);
        Assert.Equal(0, Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync()).Changes);
    }
}
