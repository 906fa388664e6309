using MimHybrid.Core.Planning;
using MimHybrid.Core.RunLog;
using MimHybrid.Core.Settings;

namespace MimHybrid.Flow.Tests;

/// <summary>A mass removal never reaches an export unapproved, whichever way it comes.</summary>
public sealed class RemovalGuardTests
{
    private static void AllowTwo(AgentSettings settings) => settings.RemovalGuard.Count = 2;

    [Fact]
    public async Task Removals_that_graph_shows_are_held_before_the_import_until_approved()
    {
        await using var world = await World.StartSettledAsync(AllowTwo);
        await InviteAsync(world, 10);
        DeleteGuests(world, 3);

        Assert.Empty(await world.PollAndRunAsync());
        Assert.Contains("3 guests were removed", Assert.IsType<Decision.Hold>(world.Decide()).Reason, StringComparison.Ordinal);
        world.Pass(TimeSpan.FromHours(2));
        Assert.Empty(await world.RunAllAsync()); // the due fallback would carry them as well
        Assert.Equal(10, world.Accounts.Count());

        Assert.Equal(3, world.Store.ApproveRemovals("ada", world.Clock.GetUtcNow())!.Removals);
        Assert.All(await world.RunAllAsync(), cycle => Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome));
        Assert.Equal(7, world.Accounts.Count());
    }

    [Fact]
    public async Task An_approval_lets_pass_what_was_shown_and_not_what_comes_later()
    {
        await using var world = await World.StartSettledAsync(AllowTwo);
        await InviteAsync(world, 20);
        DeleteGuests(world, 3);
        await world.PollAsync();
        world.Store.ApproveRemovals("ada", world.Clock.GetUtcNow());
        DeleteGuests(world, 3);
        await world.PollAsync();
        world.Pass(TimeSpan.FromMinutes(5));

        Assert.IsType<Decision.Hold>(world.Decide());
        Assert.Equal(20, world.Accounts.Count());
    }

    [Fact]
    public async Task Deletions_that_only_mim_knows_are_held_before_the_export_until_approved()
    {
        await using var world = await World.StartSettledAsync(AllowTwo);
        await InviteAsync(world, 10);
        DeleteGuests(world, 3); // and no poll: the agent does not know
        world.Pass(TimeSpan.FromHours(1));

        var held = Assert.Single(await world.RunAllAsync());
        Assert.Equal(CycleOutcome.Stopped, held.Outcome);
        Assert.Contains("3 deletions wait for export", held.Steps[^1].SkippedBecause, StringComparison.Ordinal);
        Assert.Equal(10, world.Accounts.Count());
        Assert.Contains("3 deletions wait for export", Assert.IsType<Decision.Hold>(world.Decide()).Reason, StringComparison.Ordinal);

        Assert.Equal(3, world.Store.ApproveRemovals("ada", world.Clock.GetUtcNow())!.ExportDeletes);
        Assert.Equal(CycleOutcome.Succeeded, Assert.Single(await world.RunAllAsync()).Outcome);
        Assert.Equal(7, world.Accounts.Count());
    }

    [Fact]
    public async Task An_approval_of_an_export_is_good_for_one_cycle()
    {
        await using var world = await World.StartSettledAsync(AllowTwo);
        await InviteAsync(world, 20);
        DeleteGuests(world, 3);
        world.Pass(TimeSpan.FromHours(1));
        await world.RunAllAsync();
        world.Store.ApproveRemovals("ada", world.Clock.GetUtcNow());
        await world.RunAllAsync();
        Assert.Equal(17, world.Accounts.Count());

        DeleteGuests(world, 3);
        world.Pass(TimeSpan.FromHours(1));
        Assert.Equal(CycleOutcome.Stopped, Assert.Single(await world.RunAllAsync()).Outcome);
        Assert.Equal(17, world.Accounts.Count());
    }

    private static async Task InviteAsync(World world, int guests)
    {
        for (var number = 1; number <= guests; number++) world.People.Invite($"Guest {number:00}", $"guest{number:00}@fabrikam.example");
        await world.PollAndRunAsync();
        Assert.Equal(guests, world.Accounts.Count());
    }

    private static void DeleteGuests(World world, int count)
    {
        foreach (var guest in world.People.Guests.Take(count).ToArray()) world.People.Delete(guest.Id);
    }
}
