using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

public sealed class DeltaTokenTests
{
    private const string Query = "/users/delta?$select=displayName";

    [Fact]
    public async Task A_token_holds_the_characters_that_careless_clients_break()
    {
        await using var running = await RunningTenant.StartAsync();

        var link = (await running.Client.RoundAsync(Query)).DeltaLink;

        var token = link[(link.IndexOf("$deltatoken=", StringComparison.Ordinal) + 12)..];
        Assert.All(new[] { "-", "_", ".", "~", "%2B" }, text => Assert.Contains(text, token, StringComparison.Ordinal));
        Assert.DoesNotMatch("[^A-Za-z0-9._~%-]", token);
        Assert.Equal(400, (await running.Client.GetAsync(Uri.UnescapeDataString(link))).Status);
    }

    [Fact]
    public async Task An_altered_token_and_a_token_of_another_tenant_are_refused()
    {
        await using var running = await RunningTenant.StartAsync();
        await using var other = await RunningTenant.StartAsync();
        var link = (await running.Client.RoundAsync(Query)).DeltaLink;
        var foreign = new Uri((await other.Client.RoundAsync(Query)).DeltaLink).Query;
        var cut = link.Length - 12;

        string[] wrong =
        [
            link.Replace("=d-_", "=d-_A", StringComparison.Ordinal),
            link.Remove(cut, 1),
            link.Replace("$deltatoken=d", "$skiptoken=s", StringComparison.Ordinal),
            $"/users/delta{foreign}",
        ];
        foreach (var bad in wrong)
        {
            var reply = await running.Client.GetAsync(bad);
            Assert.Equal((400, "Request_BadRequest"), (reply.Status, reply.ErrorCode));
        }
    }

    [Fact]
    public async Task Options_beside_a_token_are_refused()
    {
        await using var running = await RunningTenant.StartAsync();
        var link = (await running.Client.RoundAsync(Query)).DeltaLink;

        Assert.Equal(400, (await running.Client.GetAsync($"{link}&$select=mail")).Status);
    }

    [Theory]
    [InlineData(ExpiredTokenShape.DeltaLinkTooOld, 400, "Request_UnsupportedQuery")]
    [InlineData(ExpiredTokenShape.SyncStateNotFound, 400, "syncStateNotFound")]
    [InlineData(ExpiredTokenShape.SyncStateNotFoundGone, 410, "SyncStateNotFound")]
    [InlineData(ExpiredTokenShape.GoneWithLocation, 410, "Gone")]
    [InlineData(ExpiredTokenShape.ResyncRequired, 410, "resyncRequired")]
    [InlineData(ExpiredTokenShape.ExpiredPageToken, 400, "Directory_ExpiredPageToken")]
    [InlineData(ExpiredTokenShape.SteadyStateNotReached, 400, "Request_BadRequest")]
    public async Task A_link_that_is_too_old_is_refused_in_each_known_shape(ExpiredTokenShape shape, int status, string code)
    {
        await using var running = await RunningTenant.StartAsync(new SandboxTenantOptions { ExpiredTokenShape = shape });
        var link = (await running.Client.RoundAsync(Query)).DeltaLink;
        running.Tenant.ExpireDeltaTokens();

        var reply = await running.Client.GetAsync(link);

        Assert.Equal((status, code), (reply.Status, reply.ErrorCode));
        Assert.Equal(200, (await running.Client.GetAsync(Query)).Status);
    }

    [Fact]
    public async Task The_location_of_a_dead_link_begins_a_new_round()
    {
        await using var running = await RunningTenant.StartAsync(
            new SandboxTenantOptions { ExpiredTokenShape = ExpiredTokenShape.GoneWithLocation });
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        var link = (await running.Client.RoundAsync(Query)).DeltaLink;
        running.Tenant.ExpireDeltaTokens();

        var location = (await running.Client.GetAsync(link)).Headers.Location!.OriginalString;

        Assert.EndsWith("$deltatoken=", location, StringComparison.Ordinal);
        Assert.Equal([guest.Id], (await running.Client.RoundAsync(location)).Ids);
    }

    [Fact]
    public async Task Links_grow_too_old_by_the_clock()
    {
        await using var running = await RunningTenant.StartAsync(
            new SandboxTenantOptions { Pages = new PageShape { Size = 1 }, AccessTokenLifetime = TimeSpan.FromDays(30) });
        running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        running.Directory.Invite("Tomas Novak", "tomas@litware.example");
        var next = (string)(await running.Client.GetAsync(Query)).Body["@odata.nextLink"]!;
        var delta = (await running.Client.RoundAsync(Query)).DeltaLink;

        running.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        Assert.Equal("Directory_ExpiredPageToken", (await running.Client.GetAsync(next)).ErrorCode);
        Assert.Equal(200, (await running.Client.GetAsync(delta)).Status);

        running.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal("Request_UnsupportedQuery", (await running.Client.GetAsync(delta)).ErrorCode);
    }
}
