using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

public sealed class DeltaRoundTests
{
    private const string ContentType =
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

    [Fact]
    public async Task A_first_round_tells_every_live_user_and_ends_with_a_delta_link()
    {
        await using var running = await RunningTenant.StartAsync();
        var member = running.Directory.AddMember("Ada Member", "ada@contoso.example");
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        var gone = running.Directory.Invite("Tomas Novak", "tomas@litware.example");
        running.Directory.Delete(gone.Id);

        var round = await running.Client.RoundAsync();

        Assert.Equal([member.Id, guest.Id], round.Ids);
        Assert.Equal("Guest", (string?)round.Entries[1]["userType"]);
    }

    [Fact]
    public async Task A_round_without_changes_is_empty_and_gives_another_link()
    {
        await using var running = await RunningTenant.StartAsync();
        running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        var first = await running.Client.RoundAsync();

        var second = await running.Client.RoundAsync(first.DeltaLink);

        Assert.Empty(second.Entries);
        Assert.NotEqual(first.DeltaLink, second.DeltaLink);
    }

    [Theory]
    [InlineData("/users/delta?$select=displayName")]
    [InlineData("/users/delta()?$select=displayName")]
    [InlineData("/users/microsoft.graph.delta()?$select=displayName")]
    [InlineData("/users/delta?%24select=displayName")]
    public async Task All_spellings_of_delta_are_one_function(string path)
    {
        await using var running = await RunningTenant.StartAsync();
        running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        var round = await running.Client.RoundAsync(path);

        Assert.Equal(["id", "displayName"], round.Single.Select(member => member.Key));
        Assert.Empty((await running.Client.RoundAsync(round.DeltaLink)).Entries);
    }

    [Fact]
    public async Task Changes_since_the_link_collapse_to_the_users_present_state()
    {
        await using var running = await RunningTenant.StartAsync();
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        var first = await running.Client.RoundAsync();
        running.Directory.Update(guest.Id, UserProperties.DisplayName, "Lena Winter");
        running.Directory.Update(guest.Id, UserProperties.DisplayName, "Lena Keller");

        var entry = (await running.Client.RoundAsync(first.DeltaLink)).Single;

        Assert.Equal("Lena Keller", (string?)entry["displayName"]);
        Assert.Equal("lena@fabrikam.example", (string?)entry["mail"]);
    }

    [Fact]
    public async Task A_change_to_a_property_that_was_not_selected_surfaces_nobody()
    {
        await using var running = await RunningTenant.StartAsync();
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        var first = await running.Client.RoundAsync();
        running.Directory.Update(guest.Id, "jobTitle", "Engineer");

        Assert.Empty((await running.Client.RoundAsync(first.DeltaLink)).Entries);
    }

    [Fact]
    public async Task Each_link_tells_all_that_came_after_it_however_often_it_is_used()
    {
        await using var running = await RunningTenant.StartAsync();
        var first = await running.Client.RoundAsync();
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        Assert.Equal(guest.Id, (await running.Client.RoundAsync(first.DeltaLink)).Single["id"]!.ToString());
        Assert.Equal(guest.Id, (await running.Client.RoundAsync(first.DeltaLink)).Single["id"]!.ToString());
    }

    [Fact]
    public async Task From_latest_nothing_is_told_but_what_comes()
    {
        await using var running = await RunningTenant.StartAsync();
        running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        var latest = await running.Client.RoundAsync("/users/delta?$deltatoken=latest&$select=displayName");
        var later = running.Directory.Invite("Tomas Novak", "tomas@litware.example");

        Assert.Empty(latest.Entries);
        Assert.Equal([later.Id], (await running.Client.RoundAsync(latest.DeltaLink)).Ids);
    }

    [Fact]
    public async Task From_latest_of_an_empty_tenant_nobody_is_taken_for_a_first_round()
    {
        await using var running = await RunningTenant.StartAsync();
        var latest = await running.Client.RoundAsync("/users/delta?$deltatoken=latest");
        var gone = running.Directory.Invite("Tomas Novak", "tomas@litware.example");
        running.Directory.Delete(gone.Id);

        Assert.Equal("changed", (string?)(await running.Client.RoundAsync(latest.DeltaLink)).Single["@removed"]!["reason"]);
    }

    [Fact]
    public async Task A_round_in_pages_holds_to_the_state_at_its_first_page()
    {
        await using var running = await RunningTenant.StartAsync(new SandboxTenantOptions { Pages = new PageShape { Size = 2 } });
        string[] ids = [.. Enumerable.Range(1, 3).Select(n => running.Directory.Invite($"Guest {n}", $"guest{n}@fabrikam.example").Id)];
        var first = await running.Client.GetAsync("/users/delta?$select=displayName");
        running.Directory.Update(ids[2], UserProperties.DisplayName, "Changed meanwhile");
        running.Directory.Invite("Guest 4", "guest4@fabrikam.example");

        var rest = await running.Client.RoundAsync((string)first.Body["@odata.nextLink"]!);
        var next = await running.Client.RoundAsync(rest.DeltaLink);

        Assert.Equal("Guest 3", (string?)rest.Single["displayName"]);
        Assert.Equal(["Changed meanwhile", "Guest 4"], next.Entries.Select(entry => (string)entry["displayName"]!));
    }

    [Fact]
    public async Task A_filter_by_ids_holds_for_the_rounds_that_follow()
    {
        await using var running = await RunningTenant.StartAsync();
        var lena = running.Directory.Invite("Lena", "lena@fabrikam.example");
        var tomas = running.Directory.Invite("Tomas", "tomas@litware.example");
        var first = await running.Client.RoundAsync($"/users/delta?$select=displayName&$filter=id eq '{lena.Id}' or id eq 'nobody'");
        running.Directory.Update(tomas.Id, UserProperties.DisplayName, "Tom");
        running.Directory.Update(lena.Id, UserProperties.DisplayName, "Len");

        Assert.Equal([lena.Id], first.Ids);
        Assert.Equal([lena.Id], (await running.Client.RoundAsync(first.DeltaLink)).Ids);
    }

    [Theory]
    [InlineData("$filter=userType eq 'Guest'", "Request_UnsupportedQuery")]
    [InlineData("$filter=id ne 'x'", "Request_UnsupportedQuery")]
    [InlineData("$expand=manager", "Request_UnsupportedQuery")]
    [InlineData("$orderby=displayName", "Request_UnsupportedQuery")]
    [InlineData("$select=id,signInActivity", "BadRequest")]
    public async Task What_delta_does_not_support_is_refused(string query, string code)
    {
        await using var running = await RunningTenant.StartAsync();

        var reply = await running.Client.GetAsync($"/users/delta?{query}");

        Assert.Equal((400, code), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task More_than_fifty_ids_are_refused_and_top_is_ignored()
    {
        await using var running = await RunningTenant.StartAsync();
        var filter = string.Join(" or ", Enumerable.Range(0, 51).Select(n => $"id eq '{n}'"));

        Assert.Equal("Request_UnsupportedQuery", (await running.Client.GetAsync($"/users/delta?$filter={filter}")).ErrorCode);
        Assert.Equal(200, (await running.Client.GetAsync("/users/delta?$top=5")).Status);
    }

    [Fact]
    public async Task A_page_has_the_headers_and_the_context_of_graph()
    {
        await using var running = await RunningTenant.StartAsync();

        var reply = await running.Client.GetAsync("/users/delta?$select=mail,displayName", ("client-request-id", "my-own-id"));

        Assert.Equal(ContentType, reply.ContentType!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal($"{running.Tenant.GraphBaseUrl}/$metadata#users(mail,displayName)", (string?)reply.Body["@odata.context"]);
        Assert.Equal("my-own-id", reply.Header("client-request-id"));
        Assert.True(Guid.TryParse(reply.Header("request-id"), out _));
        Assert.Equal(running.Clock.GetUtcNow(), reply.Headers.Date);
    }

    [Fact]
    public async Task Links_lead_to_the_tenants_own_address_whatever_name_the_client_used()
    {
        await using var running = await RunningTenant.StartAsync();

        var reply = await running.Client.GetAsync($"https://127.0.0.1:{running.Tenant.GraphBaseUrl.Port}/v1.0/users/delta");

        var link = (string?)reply.Body["@odata.deltaLink"];
        Assert.StartsWith($"{running.Tenant.GraphBaseUrl}/users/delta?$deltatoken=", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_enters_the_feed_after_the_lag_and_is_not_lost_by_it()
    {
        await using var running = await RunningTenant.StartAsync(new SandboxTenantOptions { DeltaLag = TimeSpan.FromSeconds(30) });
        var first = await running.Client.RoundAsync();
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        running.Clock.Advance(TimeSpan.FromSeconds(29));
        var early = await running.Client.RoundAsync(first.DeltaLink);
        running.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(early.Entries);
        Assert.Equal([guest.Id], (await running.Client.RoundAsync(early.DeltaLink)).Ids);
    }
}
