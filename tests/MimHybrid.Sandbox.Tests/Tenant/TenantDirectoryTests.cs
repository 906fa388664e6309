using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

public sealed class TenantDirectoryTests
{
    [Fact]
    public async Task Every_change_has_a_number_of_its_own_whoever_makes_it()
    {
        await using var running = await RunningTenant.StartAsync();

        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, (n, _) =>
        {
            running.Directory.Invite($"Guest {n}", $"guest{n}@fabrikam.example");
            return ValueTask.CompletedTask;
        });

        Assert.Equal((200, 200), (running.Directory.HighestUsn, running.Directory.Guests.Count));
        Assert.Equal(200, (await running.Client.RoundAsync()).Ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task An_address_belongs_to_one_live_user_at_a_time()
    {
        await using var running = await RunningTenant.StartAsync();
        var first = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        Assert.Equal(first.Id, running.Directory.Invite("Lena B.", "LENA@fabrikam.example").Id);
        running.Directory.Update(first.Id, "mail", "lena.brandt@fabrikam.example");
        var second = running.Directory.Invite("Lena Other", "lena@fabrikam.example");
        running.Directory.Delete(second.Id);
        var third = running.Directory.Invite("Lena Third", "lena@fabrikam.example");

        Assert.Distinct([first.Id, second.Id, third.Id]);
    }

    [Fact]
    public async Task What_changes_nothing_is_no_change()
    {
        await using var running = await RunningTenant.StartAsync();
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        running.Directory.Update(guest.Id, "displayName", "Lena Brandt");
        running.Directory.Update(guest.Id, "companyName", null);

        Assert.Equal(1, running.Directory.HighestUsn);
    }

    [Fact]
    public async Task Nobody_is_deleted_twice_restored_alive_or_changed_in_the_deleted_items()
    {
        await using var running = await RunningTenant.StartAsync();
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        Assert.False(running.Directory.Restore(guest.Id));
        Assert.False(running.Directory.Purge(guest.Id));
        Assert.True(running.Directory.Delete(guest.Id));
        Assert.False(running.Directory.Delete(guest.Id));
        Assert.Null(running.Directory.Update(guest.Id, "surname", "Keller"));
        Assert.True(running.Directory.Purge(guest.Id));
        Assert.False(running.Directory.Restore(guest.Id));
        Assert.False(running.Directory.Delete("nobody"));
    }

    [Fact]
    public async Task A_name_that_is_no_property_is_a_mistake_of_the_caller()
    {
        await using var running = await RunningTenant.StartAsync();
        var guest = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        Assert.Throws<ArgumentException>(() => running.Directory.Update(guest.Id, "shoeSize", "42"));
        Assert.Throws<ArgumentException>(() => running.Directory.Update(guest.Id, "id", "other"));
        Assert.Equal("42", running.Directory.Update(guest.Id, "extension_shoeSize", "42")!["extension_shoeSize"]);
    }

    [Fact]
    public async Task A_clock_set_back_makes_no_change_older_than_the_one_before()
    {
        await using var running = await RunningTenant.StartAsync(new SandboxTenantOptions { DeltaLag = TimeSpan.FromSeconds(30) });
        var first = running.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        running.Clock.AdjustTime(RunningTenant.Morning.AddHours(-1));
        running.Directory.Invite("Tomas Novak", "tomas@litware.example");
        running.Clock.AdjustTime(RunningTenant.Morning.AddSeconds(29));
        var early = await running.Client.RoundAsync();
        running.Clock.AdjustTime(RunningTenant.Morning.AddSeconds(30));

        Assert.Empty(early.Entries);
        Assert.Equal(first.Id, (await running.Client.RoundAsync(early.DeltaLink)).Ids[0]);
    }
}
