using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>An approval lets exactly what was shown pass, there, and once.</summary>
public sealed class ApprovalTests
{
    private const string DeltaImport = "Delta Import (Stage Only)";

    [Fact]
    public async Task What_was_removed_after_the_list_was_shown_is_not_approved_with_it()
    {
        await using var world = await HeldAsync(guests: 20, removed: 3);
        var shown = world.Store.Reader.ReadHeldRemovals(most: 50)!;
        Assert.Equal((3L, 3), (shown.Removals, shown.Guests.Count));
        world.DeleteGuests(3);
        await world.PollAsync();

        Assert.Equal(3, world.Store.Requests.ApproveRemovals(shown, "ada", world.Clock.GetUtcNow())!.Removals);

        world.Pass(TimeSpan.FromMinutes(5));
        Assert.Contains("guests were removed in the tenant", Assert.IsType<Decision.Hold>(world.Decide()).Reason, StringComparison.Ordinal);
        Assert.Equal(20, world.Accounts.Count());
        Assert.Equal(3, world.Store.Reader.ReadHeldRemovals(most: 50)!.Removals);
    }

    [Fact]
    public async Task A_list_that_somebody_else_has_approved_meanwhile_approves_nothing()
    {
        await using var world = await HeldAsync(guests: 20, removed: 3);
        var shown = world.Store.Reader.ReadHeldRemovals(most: 50)!;
        world.Store.Requests.ApproveRemovals("eve", world.Clock.GetUtcNow());

        Assert.Null(world.Store.Requests.ApproveRemovals(shown, "ada", world.Clock.GetUtcNow()));
        Assert.Null(world.Store.Reader.ReadHeldRemovals(most: 50));
    }

    [Fact]
    public async Task An_approval_outlives_a_restart_of_the_agent()
    {
        await using var world = await HeldAsync(guests: 10, removed: 3);
        world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow());
        world.Restart();
        world.Pass(TimeSpan.FromMinutes(5));

        Assert.All(await world.RunAllAsync(), cycle => Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome));
        Assert.Equal(7, world.Accounts.Count());
    }

    [Fact]
    public async Task Deletions_approved_on_one_management_agent_are_not_approved_on_another()
    {
        await using var world = await World.StartSettledAsync(AllowLittle);
        await world.InviteAsync(20);
        world.DeleteGuests(4); // and no poll: the agent does not know
        Assert.Equal(CycleOutcome.Stopped, (await world.ForceAsync()).Outcome);
        Assert.Equal(4, world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow())!.StagedDeletes);

        foreach (var account in world.Mim.Directory.Accounts.TakeLast(4).ToArray()) world.Mim.Directory.DeleteByHand(account.DistinguishedName);
        var held = await world.ForceAsync();

        Assert.Equal(CycleOutcome.Stopped, held.Outcome);
        Assert.StartsWith("the removal guard holds ADMA Full Synchronization: 4 of ", held.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_approved_export_deleted_needs_no_further_approval_when_it_is_confirmed()
    {
        await using var world = await World.StartSettledAsync(AllowLittle);
        await world.InviteAsync(20);
        world.DeleteGuests(5);
        Assert.Equal(CycleOutcome.Stopped, (await world.ForceAsync()).Outcome);
        Assert.Equal(5, world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow())!.StagedDeletes);
        Assert.Equal(CycleOutcome.Stopped, (await world.ForceAsync()).Outcome);
        Assert.Equal(5, world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow())!.ExportDeletes);

        Assert.Equal(CycleOutcome.Succeeded, (await world.ForceAsync()).Outcome);
        Assert.Equal(15, world.Accounts.Count());
    }

    [Fact]
    public async Task An_approved_export_has_had_its_approval_even_if_the_cycle_fails_after_it()
    {
        await using var world = await World.StartSettledAsync(settings => settings.RemovalGuard.Count = 2);
        await world.InviteAsync(20);
        world.DeleteGuests(3);
        Assert.Equal(CycleOutcome.Stopped, (await world.ForceAsync()).Outcome);
        world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow());
        world.Mim.Script.Answer("ADMA", DeltaImport, "stopped-ma");
        Assert.Equal(CycleOutcome.Failed, (await world.ForceAsync()).Outcome);
        Assert.Equal(17, world.Accounts.Count());

        world.DeleteGuests(3); // others, whom nobody has seen
        Assert.Equal(CycleOutcome.Stopped, (await world.ForceAsync()).Outcome);
        Assert.Equal(17, world.Accounts.Count());
    }

    [Fact]
    public async Task Removals_that_graph_named_have_had_their_export_as_well_even_if_the_cycle_fails_after_it()
    {
        await using var world = await HeldAsync(guests: 20, removed: 3);
        world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow());
        world.Mim.Script.Answer("ADMA", DeltaImport, "stopped-ma");
        world.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(CycleOutcome.Failed, Assert.Single(await world.RunAllAsync()).Outcome);
        Assert.Equal(17, world.Accounts.Count());

        world.DeleteGuests(3); // others, and no poll
        Assert.Equal(CycleOutcome.Stopped, (await world.ForceAsync()).Outcome);
        Assert.Equal(17, world.Accounts.Count());
    }

    private static void AllowLittle(AgentSettings settings) => (settings.RemovalGuard.Count, settings.RemovalGuard.StagedCount) = (2, 3);

    private static async Task<World> HeldAsync(int guests, int removed)
    {
        var world = await World.StartSettledAsync(settings => settings.RemovalGuard.Count = 2);
        await world.InviteAsync(guests);
        world.DeleteGuests(removed);
        await world.PollAsync();
        Assert.IsType<Decision.Hold>(world.Decide());
        return world;
    }
}
