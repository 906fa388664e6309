using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>A mass removal never reaches an export unapproved, whichever way it comes.</summary>
public sealed class RemovalGuardTests
{
    private static void AllowTwo(AgentSettings settings) => settings.RemovalGuard.Count = 2;

    [Fact]
    public async Task Removals_that_graph_shows_are_held_before_the_import_until_approved()
    {
        await using var world = await World.StartSettledAsync(AllowTwo);
        await world.InviteAsync(10);
        world.DeleteGuests(3);

        Assert.Empty(await world.PollAndRunAsync());
        Assert.Contains("guests were removed in the tenant", Assert.IsType<Decision.Hold>(world.Decide()).Reason, StringComparison.Ordinal);
        world.Pass(TimeSpan.FromHours(2));
        Assert.Empty(await world.RunAllAsync()); // the due fallback would carry them as well
        Assert.Equal(10, world.Accounts.Count());

        Assert.Equal(3, world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow())!.Removals);
        var cycles = await world.RunAllAsync();
        Assert.All(cycles, cycle => Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome));
        Assert.Equal(7, world.Accounts.Count());

        var used = cycles[0];
        Assert.Equal(("ada", 3L), (used.Approval!.By, used.Approval.Removals));
        Assert.Equal(
            "3 removals of guests pass the removal guard: ada approved 3 removals of guests.",
            used.Decisions[0].Text);
        Assert.Contains("approval\":{\"by\":\"ada\",\"at\":\"2026-11-22T", RunLogJson.Line(used), StringComparison.Ordinal);
        Assert.All(cycles.Skip(1), cycle => Assert.Null(cycle.Approval));
    }

    [Fact]
    public async Task Removals_that_were_taken_back_need_no_approval()
    {
        await using var world = await World.StartSettledAsync(AllowTwo);
        await world.InviteAsync(10);
        world.DeleteGuests(3);
        await world.PollAsync();
        Assert.IsType<Decision.Hold>(world.Decide());

        foreach (var guest in world.People.DeletedItems) world.People.Restore(guest.Id);
        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Succeeded, 6, null), (cycle.Outcome, cycle.Changes.Count, cycle.Approval));
        Assert.Equal(10, world.Accounts.Count());
    }

    [Fact]
    public async Task An_approval_lets_pass_what_was_shown_and_not_what_comes_later()
    {
        await using var world = await World.StartSettledAsync(AllowTwo);
        await world.InviteAsync(20);
        world.DeleteGuests(3);
        await world.PollAsync();
        world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow());
        world.DeleteGuests(3);
        await world.PollAsync();
        world.Pass(TimeSpan.FromMinutes(5));

        Assert.IsType<Decision.Hold>(world.Decide());
        Assert.Equal(20, world.Accounts.Count());
    }

    [Fact]
    public async Task Deletions_that_only_mim_knows_are_held_before_the_export_until_approved()
    {
        await using var world = await World.StartSettledAsync(AllowTwo);
        await world.InviteAsync(10);
        world.DeleteGuests(3); // and no poll: the agent does not know
        world.Pass(TimeSpan.FromHours(1));

        var held = Assert.Single(await world.RunAllAsync());
        Assert.Equal(CycleOutcome.Stopped, held.Outcome);
        Assert.Contains("the export would delete 3 accounts; allowed is", held.Steps[^1].SkippedBecause, StringComparison.Ordinal);
        Assert.Equal(10, world.Accounts.Count());
        Assert.Contains("3 deletions wait for export to ADMA", Assert.IsType<Decision.Hold>(world.Decide()).Reason, StringComparison.Ordinal);

        Assert.Equal(3, world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow())!.ExportDeletes);
        var passed = Assert.Single(await world.RunAllAsync());
        Assert.Equal((CycleOutcome.Succeeded, "ada", 3L), (passed.Outcome, passed.Approval!.By, passed.Approval.ExportDeletes));
        Assert.Equal(7, world.Accounts.Count());
    }

    [Fact]
    public async Task Deletions_that_the_cycle_itself_exported_are_no_news_when_the_confirming_import_stages_them()
    {
        await using var world = await World.StartSettledAsync(AllowTwo);
        await AddMembersAsync(world, 20);
        await world.InviteAsync(12);
        world.DeleteGuests(6); // a fifth of AADMA's connector space, but half of ADMA's: more than may be staged there unapproved
        world.Pass(TimeSpan.FromHours(1));
        Assert.Equal(CycleOutcome.Stopped, Assert.Single(await world.RunAllAsync()).Outcome);

        world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow());
        Assert.Equal(CycleOutcome.Succeeded, Assert.Single(await world.RunAllAsync()).Outcome);
        Assert.Equal(6, world.Accounts.Count());
    }

    [Fact]
    public async Task Removals_that_come_in_between_the_planners_look_and_the_first_import_are_held_as_well()
    {
        await using var world = await World.StartSettledAsync(AllowTwo);
        await world.InviteAsync(10);
        world.Store.Requests.RequestForcedRun("Full", "ada", pastWindow: false, world.Clock.GetUtcNow());
        var run = Assert.IsType<Decision.Run>(world.Decide());
        world.DeleteGuests(3);
        await world.PollAsync();

        var held = await world.Loop.RunCycleAsync(run, TestContext.Current.CancellationToken);

        Assert.Equal((CycleOutcome.Stopped, 1), (held.Outcome, held.Steps.Count));
        Assert.Equal("The removal guard holds the cycle; nothing runs until somebody approves.", Assert.Single(held.Decisions).Text);
        Assert.IsType<Decision.Hold>(world.Decide());
        Assert.Equal(10, world.Accounts.Count());
    }

    [Fact]
    public async Task Deletions_that_come_while_the_export_waits_for_somebody_elses_run_are_held_as_well()
    {
        await using var world = await World.StartSettledAsync(settings =>
        {
            AllowTwo(settings);
            settings.Sequences["ExportOnly"] = [new StepSettings { ManagementAgent = "ADMA", RunProfile = "Export" }];
        });
        await world.InviteAsync(10);
        world.DeleteGuests(3); // and no poll: the agent does not know
        await world.Mim.StartForeignRunAsync(new ForeignRun("AADMA", "Delta Import (Stage Only)", TimeSpan.Zero));

        var held = await Task.Run(
            () =>
            {
                _ = world.Mim.StartForeignRunAsync(new ForeignRun("AADMA", "Delta Synchronization", TimeSpan.FromSeconds(19)));
                return world.ForceAsync("ExportOnly");
            },
            TestContext.Current.CancellationToken);

        Assert.Equal((CycleOutcome.Stopped, 10), (held.Outcome, world.Accounts.Count()));
        Assert.Contains("the export would delete 3 accounts; allowed is", held.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staged_deletions_are_held_before_the_synchronization_until_approved_and_members_count_too()
    {
        await using var world = await World.StartSettledAsync(AllowThreeStaged);
        await AddMembersAsync(world, 20);
        DeleteMembers(world, 4);

        var held = await world.ForceAsync("ChangeDriven");
        Assert.Equal((CycleOutcome.Stopped, 2), (held.Outcome, held.Steps.Count));
        Assert.Contains("4 of 20 objects are staged for deletion; allowed is 3", held.Steps[^1].SkippedBecause, StringComparison.Ordinal);
        Assert.Contains("4 deletions are staged by an import on AADMA", Assert.IsType<Decision.Hold>(world.Decide()).Reason, StringComparison.Ordinal);

        Assert.Equal(4, world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow())!.StagedDeletes);
        var passed = await world.ForceAsync("ChangeDriven");
        Assert.Equal((CycleOutcome.Succeeded, "ada", 4L), (passed.Outcome, passed.Approval!.By, passed.Approval.StagedDeletes));
        Assert.StartsWith("4 deletions staged on AADMA pass the removal guard: ada approved", Assert.Single(passed.Decisions).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_of_staged_deletions_lets_no_more_of_them_pass_and_is_good_for_one_cycle()
    {
        await using var world = await World.StartSettledAsync(AllowThreeStaged);
        await AddMembersAsync(world, 30);
        DeleteMembers(world, 4);
        await world.ForceAsync("ChangeDriven");
        world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow());

        DeleteMembers(world, 1); // a fifth, which nobody has seen
        Assert.Equal(CycleOutcome.Stopped, (await world.ForceAsync("ChangeDriven")).Outcome);
        Assert.Equal(5, world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow())!.StagedDeletes);
        Assert.Equal(CycleOutcome.Succeeded, (await world.ForceAsync("ChangeDriven")).Outcome);

        DeleteMembers(world, 4);
        Assert.Equal(CycleOutcome.Stopped, (await world.ForceAsync("ChangeDriven")).Outcome);
    }

    [Fact]
    public async Task Removals_of_guests_that_somebody_approved_need_no_second_approval_when_they_are_staged()
    {
        await using var world = await World.StartSettledAsync(settings =>
        {
            AllowTwo(settings);
            AllowThreeStaged(settings);
        });
        await world.InviteAsync(20);
        world.DeleteGuests(5);
        await world.PollAsync();
        world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow());

        Assert.Equal(CycleOutcome.Succeeded, Assert.Single(await world.PollAndRunAsync()).Outcome);
        Assert.Equal(15, world.Accounts.Count());
    }

    [Fact]
    public async Task An_approval_of_an_export_is_good_for_one_cycle()
    {
        await using var world = await World.StartSettledAsync(AllowTwo);
        await world.InviteAsync(20);
        world.DeleteGuests(3);
        world.Pass(TimeSpan.FromHours(1));
        await world.RunAllAsync();
        world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow());
        await world.RunAllAsync();
        Assert.Equal(17, world.Accounts.Count());

        world.DeleteGuests(3);
        world.Pass(TimeSpan.FromHours(1));
        Assert.Equal(CycleOutcome.Stopped, Assert.Single(await world.RunAllAsync()).Outcome);
        Assert.Equal(17, world.Accounts.Count());
    }

    [Fact]
    public async Task An_approval_whose_export_failed_is_still_good_for_the_next_cycle()
    {
        await using var world = await World.StartSettledAsync(settings =>
        {
            AllowTwo(settings);
            settings.Retries.Count = 0;
        });
        await world.InviteAsync(10);
        world.DeleteGuests(3); // and no poll: the agent does not know
        world.Pass(TimeSpan.FromHours(1));
        await world.RunAllAsync();
        world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow());
        world.Mim.Script.Answer("ADMA", "Export", "stopped-server-down");
        Assert.Equal((CycleOutcome.Failed, 10), (Assert.Single(await world.RunAllAsync()).Outcome, world.Accounts.Count()));

        world.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal((CycleOutcome.Succeeded, 7), (Assert.Single(await world.RunAllAsync()).Outcome, world.Accounts.Count()));
    }

    /// <summary>Five of sixteen, 31 percent: no count is reached, so that only the percentage can hold them, where it is the one that is narrow.</summary>
    [Theory]
    [InlineData(10, 100, true, "5 of 16 guests were removed in the tenant")]
    [InlineData(100, 25, false, "5 deletions are staged by an import on AADMA")]
    [InlineData(31, 100, false, "5 deletions wait for export to ADMA")]
    [InlineData(32, 32, true, null)]
    [InlineData(32, 32, false, null)]
    public async Task A_percentage_holds_at_each_of_the_three_places_too(int percent, int stagedPercent, bool agentKnows, string? held)
    {
        await using var world = await World.StartSettledAsync(settings => (settings.RemovalGuard.Percent, settings.RemovalGuard.StagedPercent) = (percent, stagedPercent));
        await world.InviteAsync(16);
        world.DeleteGuests(5);
        if (agentKnows) await world.PollAsync();
        world.Pass(TimeSpan.FromHours(1));

        await world.RunAllAsync();

        Assert.Equal(held is null ? 11 : 16, world.Accounts.Count());
        if (held is not null) Assert.StartsWith(held, Assert.IsType<Decision.Hold>(world.Decide()).Reason, StringComparison.Ordinal);
    }

    private static void AllowThreeStaged(AgentSettings settings) => settings.RemovalGuard.StagedCount = 3;

    private static async Task AddMembersAsync(World world, int members)
    {
        for (var number = 1; number <= members; number++) world.People.AddMember($"Member {number:00}", $"member{number:00}@contoso.example");
        Assert.Equal(CycleOutcome.Succeeded, (await world.ForceAsync("ChangeDriven")).Outcome);
    }

    private static void DeleteMembers(World world, int count)
    {
        foreach (var member in world.People.Users.Where(user => !user.IsGuest).Take(count).ToArray()) world.People.Delete(member.Id);
    }
}
