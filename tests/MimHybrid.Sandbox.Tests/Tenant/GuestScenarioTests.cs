using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

public sealed class GuestScenarioTests
{
    [Fact]
    public async Task The_first_forty_seconds_hold_an_invitation_a_change_a_deletion_and_a_silence()
    {
        var clock = new SteppedClock(RunningTenant.Morning);
        await using var running = await RunningTenant.StartAsync(clock: clock);
        var story = new Story(running.Directory, clock);

        await story.PlayAsync(TimeSpan.FromSeconds(40));

        Assert.Contains(story.Acts, act => act.Text.Contains("invited", StringComparison.Ordinal));
        Assert.Contains(story.Acts, act => act.Text.Contains("married", StringComparison.Ordinal));
        Assert.Contains(story.Acts, act => act.Text.Contains("deleted", StringComparison.Ordinal));
        Assert.InRange(story.Acts[^1].At - RunningTenant.Morning, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(32));
    }

    [Fact]
    public async Task What_is_told_is_what_happens()
    {
        var clock = new SteppedClock(RunningTenant.Morning);
        await using var running = await RunningTenant.StartAsync(clock: clock);
        var story = new Story(running.Directory, clock);

        await story.PlayAsync(TimeSpan.FromSeconds(40));

        Assert.Equal(12 + 3 - 1, running.Directory.Guests.Count);
        Assert.Single(running.Directory.DeletedItems);
        Assert.Matches(@"^Contoso: invited \w+ \w+ \([\w.]+@[\w-]+\.example\)$", story.Acts[1].Text);
        Assert.All(running.Directory.Guests, guest => Assert.Contains("#EXT#@", guest.UserPrincipalName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_hours_there_are_no_more_than_sixty_guests_and_all_addresses_differ()
    {
        var clock = new SteppedClock(RunningTenant.Morning);
        await using var running = await RunningTenant.StartAsync(clock: clock);
        var story = new Story(running.Directory, clock);

        await story.PlayAsync(TimeSpan.FromHours(3));

        Assert.InRange(running.Directory.Guests.Count, 50, 60);
        Assert.InRange(running.Directory.DeletedItems.Count, 1, 15);
        Assert.Distinct(running.Directory.Guests.Select(guest => guest.Mail));
    }

    [Fact]
    public async Task A_tenant_that_has_been_seeded_is_gone_on_with()
    {
        var clock = new SteppedClock(RunningTenant.Morning);
        await using var running = await RunningTenant.StartAsync(clock: clock);
        await new Story(running.Directory, clock).PlayAsync(TimeSpan.FromSeconds(40));
        var before = running.Directory.Guests.Count;

        var again = new Story(running.Directory, clock);
        await again.PlayAsync(TimeSpan.FromSeconds(7));

        Assert.Single(again.Acts);
        Assert.Equal(before + 1, running.Directory.Guests.Count);
    }

    private sealed class Story(TenantDirectory directory, SteppedClock clock)
    {
        public List<(DateTimeOffset At, string Text)> Acts { get; } = [];

        public async Task PlayAsync(TimeSpan length)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var scenario = new GuestScenario(directory, clock, text => Acts.Add((clock.GetUtcNow(), text)));
            var played = scenario.RunAsync(end.Token);
            await clock.PlayAsync(length, end.Token);
            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => played);
        }
    }
}
