using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

public sealed class JournalTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-tenant-").FullName;

    private string JournalPath => Path.Combine(folder, "tenant.jsonl");

    [Fact]
    public async Task The_tenant_is_the_same_after_a_restart()
    {
        await using var first = await StartAsync();
        first.Directory.AddMembers(5);
        var guest = first.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        first.Directory.Update(guest.Id, "companyName", "Fabrikam");
        first.Directory.Update(guest.Id, "companyName", null);
        first.Directory.Delete(first.Directory.Invite("Tomas Novak", "tomas@litware.example").Id);
        var (tenant, users, deleted) = (first.Tenant, first.Directory.Users, first.Directory.DeletedItems);
        await first.DisposeAsync();

        await using var second = await StartAsync();

        Assert.Equal((tenant.TenantId, tenant.ClientId), (second.Tenant.TenantId, second.Tenant.ClientId));
        Assert.Equal(tenant.ClientSecret, second.Tenant.ClientSecret);
        Assert.Equivalent(users, second.Directory.Users, strict: true);
        Assert.Equivalent(deleted, second.Directory.DeletedItems, strict: true);
    }

    [Fact]
    public async Task A_delta_link_given_out_before_a_restart_goes_on_after_it()
    {
        await using var first = await StartAsync();
        first.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        var link = new Uri((await first.Client.RoundAsync()).DeltaLink).Query;
        var later = first.Directory.Invite("Tomas Novak", "tomas@litware.example");
        await first.DisposeAsync();

        await using var second = await StartAsync();

        Assert.Equal([later.Id], (await second.Client.RoundAsync($"/users/delta{link}")).Ids);
    }

    [Fact]
    public async Task A_change_is_in_the_file_when_the_call_returns_so_that_a_kill_loses_nothing()
    {
        await using var running = await StartAsync();

        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        await using var file = new FileStream(JournalPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        Assert.Contains(guest.Id, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_torn_last_line_is_cut_and_the_tenant_goes_on(int missing)
    {
        await using var first = await StartAsync();
        var kept = first.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        first.Directory.Invite("Tomas Novak", "tomas@litware.example");
        await first.DisposeAsync();
        using (var file = File.OpenWrite(JournalPath))
            file.SetLength(file.Length - missing);

        await using var second = await StartAsync();
        var added = second.Directory.Invite("Amira Haddad", "amira@proseware.example");
        await second.DisposeAsync();
        await using var third = await StartAsync();

        Assert.Equal([kept.Id, added.Id], third.Directory.Guests.Select(guest => guest.Id));
    }

    [Fact]
    public async Task A_journal_torn_in_its_first_line_begins_anew()
    {
        await File.WriteAllTextAsync(JournalPath, """{"tenantId":"5555""", TestContext.Current.CancellationToken);

        await using var running = await StartAsync();

        Assert.Equal(0, running.Directory.HighestUsn);
        Assert.True(Guid.TryParse(running.Tenant.TenantId, out _));
    }

    [Fact]
    public async Task A_link_that_knows_more_than_the_journal_is_a_dead_link()
    {
        await using var first = await StartAsync();
        first.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        var link = new Uri((await first.Client.RoundAsync()).DeltaLink).Query;
        await first.DisposeAsync();
        using (var file = File.OpenWrite(JournalPath))
            file.SetLength(file.Length - 1);

        await using var second = await StartAsync();

        Assert.Equal("Request_UnsupportedQuery", (await second.Client.GetAsync($"/users/delta{link}")).ErrorCode);
    }

    [Fact]
    public async Task Damage_before_the_last_line_is_not_passed_over_and_its_text_not_repeated()
    {
        await using var first = await StartAsync();
        first.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        var secret = first.Tenant.ClientSecret;
        await first.DisposeAsync();
        var text = await File.ReadAllTextAsync(JournalPath, TestContext.Current.CancellationToken);
        var damaged = text.Replace("\"version\"", "version", StringComparison.Ordinal);
        await File.WriteAllTextAsync(JournalPath, damaged, TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync());

        Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tenants_cannot_write_one_journal()
    {
        await using var running = await StartAsync();

        await Assert.ThrowsAsync<IOException>(() => StartAsync());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<RunningTenant> StartAsync() => RunningTenant.StartAsync(new SandboxTenantOptions { JournalPath = JournalPath });
}
