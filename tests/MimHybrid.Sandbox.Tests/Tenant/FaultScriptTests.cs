using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

public sealed class FaultScriptTests
{
    [Fact]
    public async Task The_next_requests_of_a_kind_go_wrong_and_then_no_more()
    {
        await using var running = await RunningTenant.StartAsync();
        running.Tenant.Faults.Next(Fault.Throttled(17), count: 2, when: request => request.IsDelta);

        var (other, first, second, third) = (
            await running.Client.GetAsync("/users"),
            await running.Client.GetAsync("/users/delta"),
            await running.Client.GetAsync("/users/delta"),
            await running.Client.GetAsync("/users/delta"));

        Assert.Equal([200, 429, 429, 200], new[] { other, first, second, third }.Select(reply => reply.Status));
        Assert.Equal(("17", "TooManyRequests"), (first.Header("Retry-After"), first.ErrorCode));
        Assert.Equal(0, running.Tenant.Faults.Pending);
    }

    [Fact]
    public async Task Faults_are_played_in_the_order_in_which_they_were_written()
    {
        await using var running = await RunningTenant.StartAsync();
        await running.Client.SignInAsync();
        running.Tenant.Faults.Next(Fault.Unavailable("5"));
        running.Tenant.Faults.Next(Fault.Html(502));
        running.Tenant.Faults.Next(Fault.Empty(410));
        running.Tenant.Faults.Next(Fault.Page("""{"value":"not a list"}"""));

        var unavailable = await running.Client.GetAsync("/users/delta");
        var html = await running.Client.GetAsync("/users/delta");
        var empty = await running.Client.GetAsync("/users/delta");
        var page = await running.Client.GetAsync("/users/delta");

        Assert.Equal((503, "5"), (unavailable.Status, unavailable.Header("Retry-After")));
        Assert.Equal((502, "text/html; charset=utf-8"), (html.Status, html.ContentType));
        Assert.Equal((410, "", null), (empty.Status, empty.Text, empty.ContentType));
        Assert.Equal((200, """{"value":"not a list"}"""), (page.Status, page.Text));
    }

    [Fact]
    public async Task A_change_can_come_later_than_it_happened_and_is_not_lost()
    {
        await using var running = await RunningTenant.StartAsync();
        var link = (await running.Client.RoundAsync()).DeltaLink;
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        running.Tenant.Faults.Next(new Fault.NothingYet(), count: 2, when: request => request.PathAndQuery.Contains("deltatoken", StringComparison.Ordinal));

        var (first, second) = (await running.Client.RoundAsync(link), await running.Client.RoundAsync(link));
        Assert.Empty(first.Entries);
        Assert.Equal((link, link), (first.DeltaLink, second.DeltaLink));

        Assert.Equal([guest.Id], (await running.Client.RoundAsync(second.DeltaLink)).Ids);
    }

    [Fact]
    public async Task A_round_from_the_beginning_is_never_without_its_users()
    {
        await using var running = await RunningTenant.StartAsync();
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        running.Tenant.Faults.Next(new Fault.NothingYet(), count: 2, when: request => request.IsDelta);

        Assert.Equal([guest.Id], (await running.Client.RoundAsync()).Ids);
    }

    [Fact]
    public async Task A_body_can_be_cut_and_a_connection_reset()
    {
        await using var running = await RunningTenant.StartAsync();
        await running.Client.SignInAsync();
        running.Tenant.Faults.Next(new Fault.CutBody());
        running.Tenant.Faults.Next(new Fault.Reset());

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => running.Client.GetAsync("/users/delta"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => running.Client.GetAsync("/users/delta"));
        Assert.Equal(200, (await running.Client.GetAsync("/users/delta")).Status);
    }

    [Fact]
    public async Task An_answer_can_come_late_by_the_tenants_clock()
    {
        var clock = new SteppedClock(RunningTenant.Morning);
        await using var running = await RunningTenant.StartAsync(clock: clock);
        await running.Client.SignInAsync();
        running.Tenant.Faults.Next(new Fault.Delay(TimeSpan.FromSeconds(90)));

        var answer = running.Client.GetAsync("/users/delta");
        await clock.PlayAsync(TimeSpan.FromSeconds(89), TestContext.Current.CancellationToken);
        Assert.False(answer.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(200, (await answer).Status);
    }

    [Fact]
    public async Task A_tenant_whose_answer_hangs_can_still_be_stopped()
    {
        await using var running = await RunningTenant.StartAsync();
        await running.Client.SignInAsync();
        running.Tenant.Faults.Next(Fault.Hang);
        var arrived = running.Tenant.Requests.NextAsync(request => request.IsDelta, TestContext.Current.CancellationToken);

        var answer = running.Client.GetAsync("/users/delta");
        await arrived;
        await running.Tenant.DisposeAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer);
    }

    [Fact]
    public async Task In_an_outage_everything_is_dropped_until_it_ends()
    {
        await using var running = await RunningTenant.StartAsync();
        await running.Client.SignInAsync();
        running.Tenant.Faults.Outage = true;
        using var stranger = new TenantClient(running.Tenant);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => running.Client.GetAsync("/users/delta"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stranger.SignInAsync());
        running.Tenant.Faults.Outage = false;

        Assert.Equal(200, (await running.Client.GetAsync("/users/delta")).Status);
        Assert.Equal(200, (await stranger.SignInAsync()).Status);
    }

    [Fact]
    public async Task Requests_are_recorded_with_who_asked_what_and_the_answer()
    {
        await using var running = await RunningTenant.StartAsync();
        await running.Client.GetAsync("/users/delta?$select=displayName", ("User-Agent", "MimHybrid-Sandbox-AADMA/1.0"));
        await running.Client.GetAsync("/users/nobody");

        Assert.Equal(3, running.Tenant.Requests.All.Count);
        var (signIn, delta, read) = (running.Tenant.Requests.All[0], running.Tenant.Requests.All[1], running.Tenant.Requests.All[2]);
        Assert.Equal((true, "POST", 200), (signIn.IsTokenRequest, signIn.Method, signIn.Status));
        Assert.Equal("/v1.0/users/delta?$select=displayName", delta.PathAndQuery);
        Assert.Equal((true, true), (delta.IsDelta, delta.IsFromManagementAgent));
        Assert.Equal((false, false, 404), (read.IsDelta, read.IsFromManagementAgent, read.Status));
    }

    [Fact]
    public async Task Answers_are_compressed_for_those_who_ask()
    {
        await using var running = await RunningTenant.StartAsync();
        running.Directory.AddMembers(100);
        await running.Client.SignInAsync();

        var plain = await running.Client.GetAsync("/users");
        var compressed = await running.Client.GetAsync("/users", ("Accept-Encoding", "gzip"));

        Assert.Equal(100, plain.Body["value"]!.AsArray().Count);
        Assert.InRange(compressed.Text.Length, 1, plain.Text.Length / 2);
    }
}
