using System.Text.Json.Nodes;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

public sealed class UsersEndpointTests
{
    [Fact]
    public async Task Guests_can_be_listed_in_pages()
    {
        await using var running = await RunningTenant.StartAsync();
        running.Directory.AddMember("Ada Member", "ada@contoso.example");
        string[] guests = [.. Enumerable.Range(1, 5).Select(n => running.Directory.Invite($"Guest {n}", $"guest{n}@fabrikam.example").Id)];

        var pages = await ListAsync(running, "/users?$filter=userType eq 'Guest'&$select=id,displayName,companyName&$top=2");

        Assert.Equal([2, 2, 1], pages.Select(page => page.Count));
        Assert.Equal(guests, pages.SelectMany(page => page).Select(user => (string)user!["id"]!));
    }

    [Fact]
    public async Task A_list_writes_null_for_what_was_never_set()
    {
        await using var running = await RunningTenant.StartAsync();
        running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        var user = (await ListAsync(running, "/users?$select=displayName,companyName")).Single().Single()!.AsObject();

        Assert.True(user.ContainsKey("companyName"));
        Assert.Equal(["id", "displayName", "companyName"], user.Select(member => member.Key));
    }

    [Fact]
    public async Task Without_a_selection_the_default_set_is_listed()
    {
        await using var running = await RunningTenant.StartAsync();
        running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        var user = (await ListAsync(running, "/users")).Single().Single()!.AsObject();

        Assert.Contains("userPrincipalName", user.Select(member => member.Key));
        Assert.DoesNotContain("userType", user.Select(member => member.Key));
        Assert.Empty(user["businessPhones"]!.AsArray());
    }

    [Theory]
    [InlineData("/users?$top=1000", "Request_UnsupportedQuery")]
    [InlineData("/users?$top=0", "Request_UnsupportedQuery")]
    [InlineData("/users?$filter=startswith(mail,'x')", "Request_UnsupportedQuery")]
    [InlineData("/users?$select=nonsense", "BadRequest")]
    [InlineData("/users?$skiptoken=nonsense", "Request_BadRequest")]
    [InlineData("/users/$count", "Request_BadRequest")]
    [InlineData("/groups", "BadRequest")]
    public async Task What_a_list_does_not_support_is_refused(string query, string code)
    {
        await using var running = await RunningTenant.StartAsync();

        var reply = await running.Client.GetAsync(query);

        Assert.Equal((400, code), (reply.Status, reply.ErrorCode));
        Assert.NotNull(reply.Body["error"]!["innerError"]!["request-id"]);
    }

    [Fact]
    public async Task A_page_of_a_list_expires()
    {
        await using var running = await RunningTenant.StartAsync(new SandboxTenantOptions { SkipTokenLifetime = TimeSpan.FromMinutes(5) });
        running.Directory.AddMembers(10);
        var next = (string)(await running.Client.GetAsync("/users?$top=5")).Body["@odata.nextLink"]!;
        running.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal("Directory_ExpiredPageToken", (await running.Client.GetAsync(next)).ErrorCode);
    }

    [Fact]
    public async Task Users_are_counted_for_clients_that_accept_an_eventual_count()
    {
        await using var running = await RunningTenant.StartAsync();
        running.Directory.AddMember("Ada Member", "ada@contoso.example");
        running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        running.Directory.Delete(running.Directory.Invite("Tomas Novak", "tomas@litware.example").Id);

        Assert.Equal("2", (await running.Client.GetAsync("/users/$count", ("ConsistencyLevel", "eventual"))).Text);
        var guests = await running.Client.GetAsync("/users/$count?$filter=userType eq 'Guest'", ("ConsistencyLevel", "eventual"));
        Assert.Equal("1", guests.Text);
    }

    [Fact]
    public async Task A_user_is_read_changed_and_deleted_by_id()
    {
        await using var running = await RunningTenant.StartAsync();
        var id = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example").Id;

        var patch = new JsonObject { ["surname"] = "Keller", ["accountEnabled"] = false };
        var patched = await running.Client.SendAsync(HttpMethod.Patch, $"/users/{id}", patch);
        var read = await running.Client.GetAsync($"/users/{id}?$select=surname,accountEnabled");
        var deleted = await running.Client.SendAsync(HttpMethod.Delete, $"/users/{id}");
        var gone = await running.Client.GetAsync($"/users/{id}");

        Assert.Equal((204, 204), (patched.Status, deleted.Status));
        Assert.Equal(("Keller", false), ((string?)read.Body["surname"], (bool)read.Body["accountEnabled"]!));
        Assert.Equal((404, "Request_ResourceNotFound"), (gone.Status, gone.ErrorCode));
        Assert.Equal(UserPresence.SoftDeleted, running.Directory.Find(id)!.Presence);
    }

    [Theory]
    [InlineData("""{"id":"other"}""")]
    [InlineData("""{"createdDateTime":"2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"nonsense":"x"}""")]
    [InlineData("""{"displayName":5}""")]
    [InlineData("""{"accountEnabled":"true"}""")]
    public async Task A_patch_that_makes_no_sense_changes_nothing(string body)
    {
        await using var running = await RunningTenant.StartAsync();
        var id = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example").Id;
        var before = running.Directory.HighestUsn;

        var reply = await running.Client.SendAsync(HttpMethod.Patch, $"/users/{id}", JsonNode.Parse(body)!.AsObject());

        Assert.Equal((400, "Request_BadRequest"), (reply.Status, reply.ErrorCode));
        Assert.Equal(before, running.Directory.HighestUsn);
    }

    [Fact]
    public async Task An_unknown_user_can_be_neither_read_nor_changed_nor_deleted()
    {
        await using var running = await RunningTenant.StartAsync();

        Assert.Equal(404, (await running.Client.GetAsync("/users/nobody")).Status);
        Assert.Equal(404, (await running.Client.SendAsync(HttpMethod.Patch, "/users/nobody", new JsonObject { ["surname"] = "x" })).Status);
        Assert.Equal(404, (await running.Client.SendAsync(HttpMethod.Delete, "/users/nobody")).Status);
    }

    [Fact]
    public async Task An_invitation_makes_a_guest_that_has_not_accepted()
    {
        await using var running = await RunningTenant.StartAsync();
        var invitation = new JsonObject
        {
            ["invitedUserEmailAddress"] = "lena@fabrikam.example",
            ["invitedUserDisplayName"] = "Lena Brandt",
            ["inviteRedirectUrl"] = "https://myapps.microsoft.com",
        };

        var reply = await running.Client.SendAsync(HttpMethod.Post, "/invitations", invitation);
        var again = await running.Client.SendAsync(HttpMethod.Post, "/invitations", invitation);

        var guest = Assert.Single(running.Directory.Guests);
        Assert.Equal((201, guest.Id), (reply.Status, (string?)reply.Body["invitedUser"]!["id"]));
        Assert.Equal(guest.Id, (string?)again.Body["invitedUser"]!["id"]);
        Assert.Equal("lena_fabrikam.example#EXT#@sandboxtenant.onmicrosoft.com", guest.UserPrincipalName);
        Assert.Equal(("PendingAcceptance", "Invitation"), (guest["externalUserState"], guest["creationType"]));
    }

    [Fact]
    public async Task An_invitation_needs_an_address_and_a_way_back()
    {
        await using var running = await RunningTenant.StartAsync();

        foreach (var half in new[] { """{"inviteRedirectUrl":"x"}""", """{"invitedUserEmailAddress":"a@b.example"}""" })
            Assert.Equal(400, (await running.Client.SendAsync(HttpMethod.Post, "/invitations", JsonNode.Parse(half)!.AsObject())).Status);
    }

    [Fact]
    public async Task Deleted_items_are_listed_restored_and_purged()
    {
        await using var running = await RunningTenant.StartAsync();
        var lena = running.Directory.Invite("Lena", "lena@fabrikam.example").Id;
        var tomas = running.Directory.Invite("Tomas", "tomas@litware.example").Id;
        running.Directory.Delete(lena);
        running.Directory.Delete(tomas);

        var listed = await ListAsync(running, "/directory/deletedItems/microsoft.graph.user?$select=id,deletedDateTime");
        var restored = await running.Client.SendAsync(HttpMethod.Post, $"/directory/deletedItems/{lena}/restore");
        var purged = await running.Client.SendAsync(HttpMethod.Delete, $"/directory/deletedItems/{tomas}");

        Assert.Equal([lena, tomas], listed.Single().Select(user => (string)user!["id"]!));
        Assert.Equal("2026-11-22T08:00:00Z", (string?)listed.Single()[0]!["deletedDateTime"]);
        Assert.Equal((200, 204), (restored.Status, purged.Status));
        Assert.True(running.Directory.Find(lena)!.IsLive);
        Assert.Null(running.Directory.Find(tomas));
        Assert.Equal(404, (await running.Client.SendAsync(HttpMethod.Post, $"/directory/deletedItems/{tomas}/restore")).Status);
    }

    [Fact]
    public async Task Reads_can_lag_behind_the_feed()
    {
        await using var running = await RunningTenant.StartAsync(new SandboxTenantOptions { ReadLag = TimeSpan.FromSeconds(20) });
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        var (told, read) = (await running.Client.RoundAsync(), await running.Client.GetAsync($"/users/{guest.Id}"));
        var listed = (await ListAsync(running, "/users")).Single();
        running.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal([guest.Id], told.Ids);
        Assert.Equal(404, read.Status);
        Assert.Empty(listed);
        Assert.Equal(200, (await running.Client.GetAsync($"/users/{guest.Id}")).Status);
    }

    private static async Task<List<JsonArray>> ListAsync(RunningTenant running, string? link)
    {
        List<JsonArray> pages = [];
        while (link is not null)
        {
            var page = await running.Client.GetAsync(link);
            Assert.Equal(200, page.Status);
            pages.Add(page.Body["value"]!.AsArray());
            link = (string?)page.Body["@odata.nextLink"];
        }

        return pages;
    }
}
