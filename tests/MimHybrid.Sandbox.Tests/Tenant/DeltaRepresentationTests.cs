using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

/// <summary>How users appear on delta pages (MimHybrid.Graph/README.md#how-a-user-appears-on-a-page).</summary>
public sealed class DeltaRepresentationTests
{
    private const string Query = "/users/delta?$select=displayName,mail,userType,companyName,jobTitle";

    private static readonly (string, string) minimal = ("Prefer", "odata.maxpagesize=50, return=minimal");

    [Fact]
    public async Task A_value_cleared_is_null_and_a_value_never_set_is_absent()
    {
        var (running, guest, first) = await ReadOnceAsync();
        await using var _ = running;
        running.Directory.Update(guest.Id, "companyName", null);

        var entry = (await running.Client.RoundAsync(first.DeltaLink)).Single;

        Assert.Equal(["id", "displayName", "mail", "userType", "companyName"], entry.Select(member => member.Key));
        Assert.Null(entry["companyName"]);
    }

    [Fact]
    public async Task Minimal_tells_only_what_changed()
    {
        var (running, guest, first) = await ReadOnceAsync();
        await using var _ = running;
        running.Directory.Update(guest.Id, new Dictionary<string, string?> { ["companyName"] = null, ["displayName"] = "Lena Keller" });

        var page = await running.Client.GetAsync(first.DeltaLink, minimal);

        var entry = page.Body["value"]![0]!.AsObject();
        Assert.Equal(["id", "displayName", "companyName"], entry.Select(member => member.Key));
        Assert.Null(entry["companyName"]);
        Assert.Equal("return=minimal", page.Header("Preference-Applied"));
    }

    [Fact]
    public async Task Minimal_tells_all_of_somebody_new()
    {
        await using var running = await RunningTenant.StartAsync();
        var first = await running.Client.RoundAsync(Query);
        running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        var entry = (await running.Client.RoundAsync(first.DeltaLink, minimal)).Single;

        Assert.Equal(["id", "displayName", "mail", "userType"], entry.Select(member => member.Key));
    }

    [Fact]
    public async Task A_deleted_user_is_removed_as_changed_and_then_purged_as_deleted()
    {
        var (running, guest, first) = await ReadOnceAsync();
        await using var _ = running;

        running.Directory.Delete(guest.Id);
        var deleted = await running.Client.RoundAsync(first.DeltaLink);
        running.Directory.Purge(guest.Id);
        var purged = await running.Client.RoundAsync(deleted.DeltaLink);

        Assert.Equal($$$"""{"id":"{{{guest.Id}}}","@removed":{"reason":"changed"}}""", deleted.Single.ToJsonString());
        Assert.Equal($$$"""{"id":"{{{guest.Id}}}","@removed":{"reason":"deleted"}}""", purged.Single.ToJsonString());
        Assert.Empty((await running.Client.RoundAsync(purged.DeltaLink)).Entries);
    }

    [Fact]
    public async Task Deleted_and_purged_between_two_rounds_is_one_removal_for_good()
    {
        var (running, guest, first) = await ReadOnceAsync();
        await using var _ = running;
        running.Directory.Delete(guest.Id);
        running.Directory.Purge(guest.Id);

        Assert.Equal("deleted", (string?)(await running.Client.RoundAsync(first.DeltaLink)).Single["@removed"]!["reason"]);
    }

    [Fact]
    public async Task A_restored_user_looks_new()
    {
        var (running, guest, first) = await ReadOnceAsync();
        await using var _ = running;
        running.Directory.Delete(guest.Id);
        var deleted = await running.Client.RoundAsync(first.DeltaLink);
        running.Directory.Restore(guest.Id);

        var entry = (await running.Client.RoundAsync(deleted.DeltaLink, minimal)).Single;

        Assert.Equal(["id", "displayName", "mail", "userType", "companyName"], entry.Select(member => member.Key));
    }

    [Fact]
    public async Task Deleted_and_restored_between_two_rounds_looks_new_too()
    {
        var (running, guest, first) = await ReadOnceAsync();
        await using var _ = running;
        running.Directory.Delete(guest.Id);
        running.Directory.Restore(guest.Id);

        Assert.Equal("Lena Brandt", (string?)(await running.Client.RoundAsync(first.DeltaLink)).Single["displayName"]);
    }

    [Fact]
    public async Task A_restore_can_be_silent_as_somebody_found_it()
    {
        var (running, guest, first) = await ReadOnceAsync(new PageShape { SilentRestores = true });
        await using var _ = running;
        running.Directory.Delete(guest.Id);
        var deleted = await running.Client.RoundAsync(first.DeltaLink);
        running.Directory.Restore(guest.Id);

        Assert.Empty((await running.Client.RoundAsync(deleted.DeltaLink)).Entries);
    }

    [Fact]
    public async Task A_conversion_is_a_change_of_userType()
    {
        var (running, guest, first) = await ReadOnceAsync();
        await using var _ = running;
        running.Directory.ConvertTo(guest.Id, "Member");
        var asMember = await running.Client.RoundAsync(first.DeltaLink);
        running.Directory.ConvertTo(guest.Id, null);
        var asNothing = await running.Client.RoundAsync(asMember.DeltaLink);

        Assert.Equal("Member", (string?)asMember.Single["userType"]);
        Assert.True(asNothing.Single.ContainsKey("userType"));
        Assert.Null(asNothing.Single["userType"]);
    }

    [Fact]
    public async Task Somebody_who_came_and_went_between_two_rounds_is_a_removal_of_an_unknown_id()
    {
        await using var running = await RunningTenant.StartAsync();
        var first = await running.Client.RoundAsync(Query);
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        running.Directory.Delete(guest.Id);

        var entry = (await running.Client.RoundAsync(first.DeltaLink)).Single;

        Assert.Equal(guest.Id, (string?)entry["id"]);
        Assert.Equal("changed", (string?)entry["@removed"]!["reason"]);
    }

    [Fact]
    public async Task Values_are_written_by_their_kind_and_in_their_own_letters()
    {
        await using var running = await RunningTenant.StartAsync();
        var zoe = running.Directory.Invite("Zoë Müller", "zoe@fabrikam.example");
        running.Directory.Update(zoe.Id, "businessPhones", "+49 1; +49 2");

        var page = await running.Client.GetAsync("/users/delta?$select=accountEnabled,businessPhones,displayName");

        var entry = page.Body["value"]![0]!.AsObject();
        Assert.True((bool)entry["accountEnabled"]!);
        Assert.Equal(["+49 1", "+49 2"], entry["businessPhones"]!.AsArray().Select(phone => (string)phone!));
        Assert.Contains("Zoë Müller", page.Text, StringComparison.Ordinal);
    }

    /// <summary>A tenant with one guest, whom a first round has told.</summary>
    private static async Task<(RunningTenant Running, TenantUser Guest, Round First)> ReadOnceAsync(PageShape? pages = null)
    {
        var running = await RunningTenant.StartAsync(new SandboxTenantOptions { Pages = pages ?? new PageShape() });
        var company = new Dictionary<string, string?> { ["companyName"] = "Fabrikam" };
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example", company);
        return (running, guest, await running.Client.RoundAsync(Query));
    }
}
