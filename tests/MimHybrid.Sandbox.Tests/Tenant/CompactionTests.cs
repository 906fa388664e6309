using Microsoft.Extensions.Time.Testing;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

/// <summary>A tenant that lives for months keeps what a delta link still alive can ask for, and of the rest only what became of it.</summary>
public sealed class CompactionTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("mimhybrid-compaction-").FullName;
    private readonly FakeTimeProvider clock = new(RunningTenant.Morning);

    private string JournalPath => Path.Combine(folder, "tenant.jsonl");

    [Fact]
    public async Task Months_of_coming_and_going_take_the_room_of_the_last_days()
    {
        await using var running = await StartAsync();
        for (var day = 0; day < 100; day++) LiveADay(running, day);
        var size = new FileInfo(JournalPath).Length;
        for (var day = 100; day < 400; day++) LiveADay(running, day);

        Assert.InRange(new FileInfo(JournalPath).Length, size / 2, size * 2);
        Assert.True(running.Directory.HighestUsn > 400 * 8);
    }

    [Fact]
    public async Task Users_deleted_items_and_cleared_values_are_the_same_and_a_live_link_goes_on()
    {
        await using var first = await StartAsync();
        for (var day = 0; day < 30; day++) LiveADay(first, day);
        var link = new Uri((await first.Client.RoundAsync()).DeltaLink).Query;
        clock.Advance(6 * Day);
        var (users, deleted) = (first.Directory.Users, first.Directory.DeletedItems);
        var later = first.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        for (var change = 0; change < 60; change++) first.Directory.Update(later.Id, "jobTitle", $"Title {change}");
        Assert.True((await File.ReadAllLinesAsync(JournalPath, TestContext.Current.CancellationToken)).Length < first.Directory.HighestUsn);
        await first.DisposeAsync();

        await using var second = await StartAsync();

        Assert.Equivalent(users, second.Directory.Users.SkipLast(1), strict: true);
        Assert.Equivalent(deleted, second.Directory.DeletedItems, strict: true);
        Assert.Equal([later.Id], (await second.Client.RoundAsync($"/users/delta{link}")).Ids);
        Assert.Equal(users.Count + 1, (await second.Client.RoundAsync()).Ids.Distinct().Count());
    }

    [Fact]
    public async Task A_link_older_than_the_memory_is_a_dead_link()
    {
        await using var running = await StartAsync();
        var link = new Uri((await running.Client.RoundAsync()).DeltaLink).Query;
        for (var day = 0; day < 30; day++) LiveADay(running, day);

        Assert.Equal("Request_UnsupportedQuery", (await running.Client.GetAsync($"/users/delta{link}")).ErrorCode);
    }

    [Fact]
    public async Task A_line_that_is_missing_among_those_that_were_not_merged_is_still_noticed()
    {
        await using var first = await StartAsync();
        for (var day = 0; day < 30; day++) LiveADay(first, day);
        await first.DisposeAsync();
        var lines = await File.ReadAllLinesAsync(JournalPath, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(JournalPath, [.. lines[..^3], .. lines[^2..]], TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidDataException>(StartAsync);
    }

    public void Dispose() => System.IO.Directory.Delete(folder, recursive: true);

    /// <summary>A guest comes, changes and goes, and is purged some days later; a member of the bulk load gets another title.</summary>
    private void LiveADay(RunningTenant running, int day)
    {
        var people = running.Directory;
        var guest = people.Invite($"Guest {day}", $"guest{day}@fabrikam.example");
        people.Update(guest.Id, "companyName", "Fabrikam");
        people.Update(guest.Id, "companyName", null);
        people.Update(guest.Id, "displayName", $"Guest No. {day}");
        people.Update(people.Users[day % 3].Id, "jobTitle", $"Title {day}");
        people.Delete(guest.Id);
        people.Restore(guest.Id);
        people.Delete(guest.Id);
        if (people.DeletedItems is [var oldest, _, _, ..]) people.Purge(oldest.Id);
        clock.Advance(Day);
    }

    private async Task<RunningTenant> StartAsync()
    {
        var options = new SandboxTenantOptions { JournalPath = JournalPath, CompactEvery = 50, AccessTokenLifetime = 1000 * Day };
        var running = await RunningTenant.StartAsync(options, clock);
        if (running.Directory.HighestUsn == 0) running.Directory.AddMembers(3);
        return running;
    }
}
