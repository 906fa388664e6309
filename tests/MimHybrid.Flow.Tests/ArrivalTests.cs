using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Planning;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>What Graph said and what MIM showed: compared, waited for, and in the end told to people.</summary>
public sealed class ArrivalTests
{
    private const string AadmaImport = "AADMA Delta Import (Stage Only)";

    [Fact]
    public async Task Expected_and_seen_stand_side_by_side()
    {
        await using var world = await World.StartSettledAsync();
        var lena = world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        var max = world.People.Invite("Max Vogel", "max@fabrikam.example");
        await world.PollAndRunAsync();
        world.People.Invite("Ida Kern", "ida@fabrikam.example");
        world.People.Update(lena.Id, "surname", "Vogel");
        world.People.Delete(max.Id);
        world.People.AddMember("Adam Miller", "adam@contoso.example"); // staged as well, and no guest

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal(new ArrivalRecord { Expected = new GuestCounts(1, 1, 1), Seen = new GuestCounts(1, 1, 1) }, cycle.Arrival);
        Assert.Contains(
            """arrival":{"expected":{"added":1,"updated":1,"removed":1},"seen":{"added":1,"updated":1,"removed":1},"missing":0,"explanation":null,"refused":0}""",
            RunLogJson.Line(cycle), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_that_mim_sees_late_is_waited_for_and_imported_again()
    {
        await using var world = await World.StartSettledAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        world.HideChangesFromMim(reads: 2);

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Succeeded, 0L), (cycle.Outcome, cycle.Arrival!.Missing));
        Assert.Equal(3, cycle.Steps.Count(step => $"{step.ManagementAgent} {step.RunProfile}" == AadmaImport));
        Assert.Equal(
            [
                "Graph said 1 guest was added; MIM projected or joined none. Graph may be ahead of what MIM reads: waits 00:00:20 and imports again (1 of 3).",
                "Graph said 1 guest was added; MIM projected or joined none. Graph may be ahead of what MIM reads: waits 00:00:40 and imports again (2 of 3).",
                "MIM now shows what Graph said.",
            ],
            cycle.Decisions.Select(decision => decision.Text));
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Theory]
    [InlineData(ChangeKind.Updated)]
    [InlineData(ChangeKind.Removed)]
    [InlineData(ChangeKind.Restored)]
    public async Task Every_kind_of_change_is_waited_for(ChangeKind kind)
    {
        await using var world = await World.StartSettledAsync();
        var lena = world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        if (kind == ChangeKind.Restored)
        {
            world.People.Delete(lena.Id);
            await world.PollAndRunAsync();
        }

        await world.PollAsync();
        await world.ForceAsync("ChangeDriven"); // so that the link to replay is younger than the guest
        Act(world, lena.Id, kind);
        world.HideChangesFromMim(reads: 1);
        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal(kind, Assert.Single(cycle.Changes).Kind);
        Assert.Equal((CycleOutcome.Succeeded, 0L, 2), (cycle.Outcome, cycle.Arrival!.Missing, cycle.Decisions.Count));
    }

    [Fact]
    public async Task After_the_retries_the_full_pair_runs_once_and_brings_the_guest()
    {
        await using var world = await World.StartSettledAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        world.HideChangesFromMim(reads: 4);

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Succeeded, 0L), (cycle.Outcome, cycle.Arrival!.Missing));
        Assert.Contains(cycle.Decisions, decision => decision.Text.EndsWith("Runs AADMA Full Import (Stage Only) and Full Synchronization, once.", StringComparison.Ordinal));
        Assert.Equal(1, cycle.Steps.Count(step => step.RunProfile == "Full Synchronization"));
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    /// <summary>What the check tries is made of steps like any other (src/README.md#statement-5).</summary>
    [Theory]
    [InlineData(1, "Delta Import (Stage Only)", 2, 3)]
    [InlineData(1, "Delta Synchronization", 1, 4)]
    [InlineData(4, "Full Import (Stage Only)", 1, 9)]
    [InlineData(4, "Full Synchronization", 1, 10)]
    public async Task A_step_of_the_check_that_fails_ends_the_cycle_and_the_change_stays_pending(int hidden, string profile, int nth, int steps)
    {
        await using var world = await World.StartSettledAsync(settings => settings.Retries.Count = 0);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        world.HideChangesFromMim(reads: hidden);
        world.Mim.Script.Answer("AADMA", profile, "stopped-connectivity", nth);

        var failed = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Failed, steps, "stopped-connectivity"), (failed.Outcome, failed.Steps.Count, failed.Steps[^1].Result));
        Assert.Contains(profile, failed.Failure, StringComparison.Ordinal);
        Assert.Equal(1, world.Store.Reader.ReadSnapshot(default).Pending.Count);
        Assert.Empty(world.Accounts);
    }

    [Fact]
    public async Task A_guest_that_mim_never_shows_becomes_a_finding_and_holds_nothing_up()
    {
        await using var world = await World.StartSettledAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();
        AddGhost(world);

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.SucceededWithFindings, null, 1L), (cycle.Outcome, cycle.Failure, cycle.Arrival!.Missing));
        Assert.StartsWith(
            "Finding: Graph said 2 guests were added; MIM projected or joined 1, whatever was tried.", cycle.Decisions[^1].Text, StringComparison.Ordinal);
        Assert.Contains(cycle.Changes, change => change.Name == "Ghost");
        Assert.Equal(["Lena Brandt"], world.Accounts);

        // It is told once: no change stays pending for ever, and the next cycles, a Full for the numbers that differ among them, have
        // nothing to say of it.
        Assert.Equal(WaitCause.Idle, Assert.IsType<Decision.Wait>(world.Decide()).Cause);
        world.Pass(TimeSpan.FromHours(1));
        var next = await world.RunAllAsync();
        Assert.Equal(["Fallback", "Full"], next.Select(one => one.Sequence));
        Assert.All(next, one => Assert.Equal(CycleOutcome.Succeeded, one.Outcome));
    }

    [Fact]
    public async Task A_guest_that_the_fallback_brought_before_graph_told_us_is_not_missing()
    {
        await using var world = await World.StartSettledAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        world.Pass(TimeSpan.FromHours(1));
        await world.RunAllAsync();
        Assert.Equal(["Lena Brandt"], world.Accounts);

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Succeeded, 0L), (cycle.Outcome, cycle.Arrival!.Missing));
        Assert.Equal("1 may have come with an earlier synchronization", cycle.Arrival.Explanation);
        Assert.Empty(cycle.Decisions);
    }

    [Fact]
    public async Task A_guest_that_somebody_elses_run_brought_is_not_missing()
    {
        await using var world = await World.StartSettledAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        foreach (var profile in new[] { "Delta Import (Stage Only)", "Delta Synchronization" })
            Assert.Equal("success", await world.Mim.StartForeignRunAsync(new ForeignRun("AADMA", profile, TimeSpan.Zero)));

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal("Graph said 1 added; MIM showed none (MIM has 1 guests connected, as many as Graph knows)", cycle.Arrival!.ToString());
        Assert.Empty(cycle.Decisions);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task Counters_that_are_not_known_are_not_compared_and_say_so()
    {
        await using var world = await World.StartSettledAsync(door: connection => ChangedDetails.Torn(connection, "Delta Synchronization"));
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Succeeded, 0L, null), (cycle.Outcome, cycle.Arrival!.Missing, cycle.Arrival.Seen));
        Assert.StartsWith("not compared, because MIM's counters are not known: ", cycle.Arrival.Explanation, StringComparison.Ordinal);
        Assert.Equal([2, 5], cycle.Decisions.Select(decision => decision.Step));
        Assert.All(cycle.Decisions, decision => Assert.StartsWith("Its counters cannot be trusted (", decision.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_failed_cycle_had_synchronized_is_not_missing_in_the_next()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Retries.Count = 0);
        var max = world.People.Invite("Max Vogel", "max@fabrikam.example");
        await world.PollAndRunAsync();
        world.Mim.Script.Answer("ADMA", "Export", "stopped-server-down");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        world.People.Delete(max.Id);
        Assert.Equal(CycleOutcome.Failed, Assert.Single(await world.PollAndRunAsync()).Outcome);

        world.Pass(TimeSpan.FromMinutes(1));
        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Succeeded, 0L), (cycle.Outcome, cycle.Arrival!.Missing));
        Assert.Empty(cycle.Decisions);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task A_guest_who_was_gone_again_before_mim_looked_is_not_missing_once_graph_has_said_so()
    {
        await using var world = await World.StartSettledAsync();
        var lena = world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();
        world.People.Delete(lena.Id);
        world.Waits.During = _ => world.PollAsync();

        var cycle = await world.ForceAsync("ChangeDriven");

        Assert.Equal((CycleOutcome.Succeeded, 0L), (cycle.Outcome, cycle.Arrival!.Missing));
        Assert.Equal("None is missing any more: 1 changed again since.", cycle.Decisions[^1].Text);
    }

    [Fact]
    public async Task Guests_from_before_the_agent_are_not_expected_of_a_mim_that_has_them()
    {
        await using var world = await World.StartAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.RunAllAsync(); // MIM has her, and the agent has not read the tenant yet

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Succeeded, 0L), (cycle.Outcome, cycle.Arrival!.Missing));
        Assert.Contains("found when the whole tenant was read", cycle.Arrival.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_settings_at_zero_the_finding_comes_at_once()
    {
        await using var world = await World.StartSettledAsync(settings => (settings.Arrival.Retries, settings.Arrival.FullPair) = (0, false));
        AddGhost(world);
        var cycle = Assert.Single(await world.PollAndRunAsync());
        Assert.Equal((CycleOutcome.SucceededWithFindings, 5), (cycle.Outcome, cycle.Steps.Count));
        Assert.Single(cycle.Decisions);
    }

    [Fact]
    public async Task With_the_comparison_turned_off_nothing_is_said()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Arrival.Enabled = false);
        AddGhost(world);
        var cycle = Assert.Single(await world.PollAndRunAsync());
        Assert.Equal((CycleOutcome.Succeeded, null), (cycle.Outcome, cycle.Arrival));
    }

    /// <summary>A guest whom Graph shows the agent and will never show MIM.</summary>
    private static void AddGhost(World world) => world.Store.Guests.CommitRound(new DeltaRound
    {
        Cursor = world.Store.Guests.ReadCursor()!,
        Remembered = [new Guest("ghost", GuestState.Live, "digest", "Ghost", null, world.Clock.GetUtcNow())],
        Changes = [new GuestChange("ghost", ChangeKind.Added, "Ghost", null, world.Clock.GetUtcNow())],
    });

    private static void Act(World world, string guest, ChangeKind kind)
    {
        switch (kind)
        {
            case ChangeKind.Updated: world.People.Update(guest, "surname", "Vogel"); break;
            case ChangeKind.Removed: world.People.Delete(guest); break;
            default: world.People.Restore(guest); break;
        }
    }
}
