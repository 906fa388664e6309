using System.Text.Json.Nodes;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

public sealed class PageShapeTests
{
    [Fact]
    public async Task Pages_hold_two_hundred_by_default_and_the_last_what_is_left()
    {
        var round = await FirstRoundAsync(new PageShape(), users: 450);

        Assert.Equal([200, 200, 50], round.Pages.Select(page => page.Count));
        Assert.Distinct(round.Ids);
    }

    [Fact]
    public async Task A_round_that_fills_its_last_page_has_no_empty_page_after_it()
    {
        var round = await FirstRoundAsync(new PageShape { Size = 3 }, users: 6);

        Assert.Equal([3, 3], round.Pages.Select(page => page.Count));
    }

    [Fact]
    public async Task Every_third_page_can_be_empty()
    {
        var round = await FirstRoundAsync(new PageShape { Size = 2, EmptyEvery = 3 }, users: 7);

        Assert.Equal([2, 2, 0, 2, 1], round.Pages.Select(page => page.Count));
    }

    [Fact]
    public async Task Pages_can_be_uneven()
    {
        var round = await FirstRoundAsync(new PageShape { Size = 4, Uneven = true }, users: 9);

        Assert.Equal([4, 2, 3], round.Pages.Select(page => page.Count));
    }

    [Fact]
    public async Task Entries_can_come_in_another_order()
    {
        var ordered = await FirstRoundAsync(new PageShape(), users: 20);
        var shuffled = await FirstRoundAsync(new PageShape { Shuffled = true }, users: 20);

        Assert.NotEqual(ordered.Ids, shuffled.Ids);
        Assert.Equal(ordered.Ids.Order(StringComparer.Ordinal), shuffled.Ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_entry_can_be_told_twice()
    {
        var round = await FirstRoundAsync(new PageShape { Size = 2, Repeated = true }, users: 3);

        Assert.Equal([round.Ids[0], round.Ids[1], round.Ids[0], round.Ids[3], round.Ids[3]], round.Ids);
    }

    [Fact]
    public async Task A_page_can_contradict_itself_about_its_first_user()
    {
        await using var running = await RunningTenant.StartAsync(new SandboxTenantOptions { Pages = new PageShape { Size = 1, Contradicted = true } });
        var (renamed, gone) = (running.Directory.Invite("Lena Brandt", "lena@fabrikam.example"), running.Directory.Invite("Tomas Novak", "tomas@litware.example"));
        var first = await running.Client.RoundAsync();
        Assert.Equal([(renamed.Id, false), (renamed.Id, true), (gone.Id, false), (gone.Id, true)], first.Entries.Select(Sight));

        running.Directory.Update(renamed.Id, "displayName", "Lena Vogel");
        running.Directory.Delete(gone.Id);
        var second = await running.Client.RoundAsync(first.DeltaLink);
        Assert.Equal([(renamed.Id, false), (renamed.Id, false), (gone.Id, true), (gone.Id, false)], second.Entries.Select(Sight));
        Assert.Equal(["Lena Vogel", "Lena Brandt"], second.Entries.Take(2).Select(entry => (string?)entry["displayName"]));

        static (string, bool) Sight(JsonObject entry) => ((string)entry["id"]!, entry.ContainsKey("@removed"));
    }

    [Fact]
    public async Task A_later_round_can_tell_the_last_change_again()
    {
        await using var running = await RunningTenant.StartAsync(new SandboxTenantOptions { Pages = new PageShape { Replayed = true } });
        running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        var last = running.Directory.Invite("Tomas Novak", "tomas@litware.example");
        var first = await running.Client.RoundAsync();

        Assert.Equal([last.Id], (await running.Client.RoundAsync(first.DeltaLink)).Ids);
    }

    [Fact]
    public async Task A_first_round_can_show_who_was_deleted_before_it()
    {
        await using var running = await RunningTenant.StartAsync(
            new SandboxTenantOptions { Pages = new PageShape { RemovedInFirstRound = true } });
        var gone = running.Directory.Invite("Tomas Novak", "tomas@litware.example");
        running.Directory.Delete(gone.Id);

        Assert.Equal("changed", (string?)(await running.Client.RoundAsync()).Single["@removed"]!["reason"]);
    }

    [Fact]
    public async Task A_bulk_load_is_told_page_by_page_and_its_members_can_change_like_others()
    {
        await using var running = await RunningTenant.StartAsync(new SandboxTenantOptions { Pages = new PageShape { Size = 999 } });
        running.Directory.AddMembers(1_000_000);
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        var page = await running.Client.GetAsync("/users/delta?$select=displayName,userType");
        var member = (string)page.Body["value"]![998]!["id"]!;
        var latest = await running.Client.RoundAsync("/users/delta?$deltatoken=latest&$select=displayName,userType");

        running.Directory.ConvertTo(member, "Guest");
        var round = await running.Client.RoundAsync(latest.DeltaLink);

        Assert.Equal(member, (string?)round.Single["id"]);
        Assert.Equal([member, guest.Id], running.Directory.Guests.Select(user => user.Id));
        var count = await running.Client.GetAsync("/users/$count?$filter=userType eq 'Guest'", ("ConsistencyLevel", "eventual"));
        Assert.Equal("2", count.Text);
    }

    private static async Task<Round> FirstRoundAsync(PageShape shape, int users)
    {
        await using var running = await RunningTenant.StartAsync(new SandboxTenantOptions { Pages = shape });
        running.Directory.AddMembers(users);
        return await running.Client.RoundAsync();
    }
}
