using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>The main job: what happens to a guest in the tenant happens to an account in the directory, and the run log says why.</summary>
public sealed class MainJobTests
{
    private static readonly string[] AadmaThenAdma =
    [
        "AADMA Delta Import (Stage Only)",
        "AADMA Delta Synchronization",
        "ADMA Export",
        "ADMA Delta Import (Stage Only)",
        "ADMA Delta Synchronization",
    ];

    [Fact]
    public async Task An_invited_guest_gets_an_account_through_one_change_driven_cycle()
    {
        await using var world = await World.StartSettledAsync();
        var lena = world.People.Invite("Lena Brandt", "lena.brandt@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal(["Lena Brandt"], world.Accounts);
        Assert.Equal(("GuestChanges", "ChangeDriven", CycleOutcome.Succeeded), (cycle.Function, cycle.Sequence, cycle.Outcome));
        var cause = Assert.Single(cycle.Changes);
        Assert.Equal((lena.Id, ChangeKind.Added, "Lena Brandt", "lena.brandt@fabrikam.example"), (cause.Id, cause.Kind, cause.Name, cause.Mail));
        Assert.Equal(AadmaThenAdma, cycle.Steps.Select(step => $"{step.ManagementAgent} {step.RunProfile}"));
        Assert.All(cycle.Steps, step => Assert.Equal(("success", true), (step.Result, step.RunNumber > 0)));
        Assert.Equal("no guest changes pending; FallbackCycle is due at 13:00:10", cycle.NextDecision);
    }

    [Fact]
    public async Task A_changed_guest_changes_the_account_and_a_deleted_one_takes_it_away()
    {
        await using var world = await World.StartSettledAsync();
        var lena = world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();

        world.People.Update(lena.Id, "surname", "Vogel");
        var updated = Assert.Single(await world.PollAndRunAsync());
        Assert.Equal("Vogel", Assert.Single(world.Mim.Directory.Accounts).Surname);
        Assert.Equal(ChangeKind.Updated, Assert.Single(updated.Changes).Kind);

        world.People.Delete(lena.Id);
        var removed = Assert.Single(await world.PollAndRunAsync());
        Assert.Empty(world.Accounts);
        Assert.Equal((ChangeKind.Removed, "Lena Brandt"), (Assert.Single(removed.Changes).Kind, removed.Changes[0].Name));

        world.People.Restore(lena.Id);
        var restored = Assert.Single(await world.PollAndRunAsync());
        Assert.Equal(["Lena Brandt"], world.Accounts);
        Assert.Equal(ChangeKind.Restored, Assert.Single(restored.Changes).Kind);
    }

    [Fact]
    public async Task A_guest_who_becomes_a_member_loses_the_account_and_gets_it_back_as_a_guest()
    {
        await using var world = await World.StartSettledAsync();
        var lena = world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();

        world.People.ConvertTo(lena.Id, "Member");
        Assert.Equal(ChangeKind.Removed, Assert.Single(Assert.Single(await world.PollAndRunAsync()).Changes).Kind);
        Assert.Empty(world.Accounts);

        world.People.ConvertTo(lena.Id, "Guest");
        Assert.Equal(ChangeKind.Added, Assert.Single(Assert.Single(await world.PollAndRunAsync()).Changes).Kind);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task Members_come_and_go_without_any_cycle()
    {
        await using var world = await World.StartSettledAsync();
        var adam = world.People.AddMember("Adam Miller", "adam@contoso.example");
        Assert.Empty(await world.PollAndRunAsync());
        world.People.Update(adam.Id, "surname", "Muller");
        world.People.Delete(adam.Id);
        Assert.Empty(await world.PollAndRunAsync());
        Assert.Empty(world.Accounts);
    }

    [Fact]
    public async Task Guests_who_were_there_before_the_agent_are_carried_by_the_first_full_cycle()
    {
        await using var world = await World.StartAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        world.People.AddMember("Adam Miller", "adam@contoso.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal(("WeeklyFull", "Full"), (cycle.Function, cycle.Sequence));
        Assert.Equal("Lena Brandt", Assert.Single(cycle.Changes).Name);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task A_quiet_day_has_a_fallback_of_two_delta_imports_every_hour_and_by_night_one_reading_of_everything()
    {
        await using var world = await World.StartSettledAsync();
        var before = world.RunLog.Count;
        for (var minute = 0; minute < 24 * 60; minute += 15)
        {
            world.Pass(TimeSpan.FromMinutes(15));
            await world.PollAsync();
            await world.RunAllAsync();
        }

        var cycles = world.RunLog.Skip(before).ToList();
        Assert.Equal(24, cycles.Count);
        Assert.All(cycles, cycle => Assert.Equal((CycleOutcome.Succeeded, 0), (cycle.Outcome, cycle.Changes.Count)));
        var night = Assert.Single(cycles, cycle => cycle.Sequence == "Nightly");
        Assert.Equal(("NightlyCycle", new DateTime(2026, 11, 23, 4, 30, 0)), (night.Function, night.StartedAt.UtcDateTime));
        Assert.All(cycles.Where(cycle => cycle != night), cycle =>
        {
            Assert.Equal(("FallbackCycle", "Fallback"), (cycle.Function, cycle.Sequence));
            Assert.Equal(
                ["AADMA Delta Import (Stage Only)", "ADMA Delta Import (Stage Only)"],
                cycle.Steps.Where(step => step.Result is not null).Select(step => $"{step.ManagementAgent} {step.RunProfile}"));
        });
    }

    [Fact]
    public async Task An_idle_poll_costs_one_request()
    {
        await using var world = await World.StartSettledAsync();
        world.Tenant.Requests.Clear();
        await world.PollAsync();
        Assert.Equal(1, world.Tenant.Requests.Count(request => !request.IsFromManagementAgent));
    }

    [Fact]
    public async Task Changes_that_arrive_during_a_cycle_cause_exactly_one_more()
    {
        await using var world = await World.StartSettledAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        // Two more are invited, and noticed, while the first one's account is being made.
        var late = 0;
        world.Mim.Directory.AccountChanged += (_, _) =>
        {
            if (late++ > 0) return;
            world.Store.Guests.CommitRound(new DeltaRound
            {
                Cursor = world.Store.Guests.ReadCursor()!,
                Changes = [.. new[] { "Max", "Ida" }.Select(name => new GuestChange(name, ChangeKind.Added, name, null, world.Clock.GetUtcNow()))],
            });
        };
        var first = Assert.Single(await world.PollAndRunAsync());
        Assert.Equal("Lena Brandt", Assert.Single(first.Changes).Name);

        world.Pass(TimeSpan.FromSeconds(30));
        var second = Assert.Single(await world.RunAllAsync());
        Assert.Equal(["Max", "Ida"], second.Changes.Select(change => change.Name));
        Assert.IsType<Decision.Wait>(world.Decide());
    }

    [Fact]
    public async Task A_forced_run_carries_what_is_pending_and_is_named_after_who_forced_it()
    {
        await using var world = await World.StartSettledAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();

        var cycle = await world.ForceAsync("ChangeDriven");

        Assert.Equal(("ForcedRun", "ChangeDriven", "ada"), (cycle.Function, cycle.Sequence, cycle.ForcedBy));
        Assert.Equal("Lena Brandt", Assert.Single(cycle.Changes).Name);
        Assert.Empty(await world.RunAllAsync());
    }

    /// <summary>Only an import of the guests can have seen them, and it has to begin after the change (src/README.md#statement-1).</summary>
    [Fact]
    public async Task A_sequence_that_imports_others_and_not_the_guests_carries_none_of_their_changes()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Sequences["Accounts"] =
            [new() { ManagementAgent = "ADMA", RunProfile = "Delta Import (Stage Only)" }]);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();

        var cycle = await world.ForceAsync("Accounts");

        Assert.Equal((CycleOutcome.Succeeded, 0), (cycle.Outcome, cycle.Changes.Count));
        Assert.Equal(1, world.Store.Reader.ReadSnapshot(default).Pending.Count);
    }

    [Fact]
    public async Task The_fallback_is_remembered_across_restarts()
    {
        await using var world = await World.StartSettledAsync();
        world.Pass(TimeSpan.FromMinutes(59));
        world.Restart();
        Assert.IsType<Decision.Wait>(world.Decide());
        world.Pass(TimeSpan.FromMinutes(1));
        world.Restart();
        Assert.IsType<Decision.Run>(world.Decide());
    }
}
