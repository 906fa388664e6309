using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>MIM goes on with a run whose agent has crashed; the next agent finds it, waits for it, and writes down what it came to.</summary>
public sealed class CrashTests
{
    /// <summary>It asks nobody over the wire, so that the clock of the test cannot outrun it.</summary>
    private const string DeltaSynchronization = "Delta Synchronization";

    [Fact]
    public async Task A_run_that_outlived_the_agent_is_waited_for_and_its_result_is_written_down()
    {
        var (world, dead) = await CrashAsync(DeltaSynchronization, new RunPlan { Duration = TimeSpan.FromMinutes(5) });
        await using var _ = world;
        var crashedAt = world.Clock.GetUtcNow();

        var cycle = Assert.Single(await world.RunAllAsync());

        Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome);
        Assert.True(cycle.EndedAt >= crashedAt.AddMinutes(5));
        var cut = world.Store.Reader.ReadCycle(dead)!.Steps[^1];
        Assert.Equal(("success", true), (cut.Result, cut.RunNumber > 0));
        Assert.Equal(
            [
                $"AADMA Delta Synchronization of cycle {dead} was cut off in the middle, and MIM goes on without the agent: the run is looked for in MIM's history.",
                $"MIM's history has it as run {cut.RunNumber}, in-progress.",
                "The run is not over (in-progress): its end is waited for, up to 12:00:00.",
            ],
            cycle.Decisions.SkipLast(1).Select(decision => decision.Text));
        Assert.Matches("^It ended 3[0-9][0-9] s later: success.$", cycle.Decisions[^1].Text); // the look that finds its end may be the next one
        Assert.All(cycle.Decisions, decision => Assert.Equal(0, decision.Step));
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task A_run_that_outlived_the_agent_and_hangs_is_stopped_when_its_time_is_over()
    {
        var (world, dead) = await CrashAsync(DeltaSynchronization, new RunPlan { HangsUntilStopped = true });
        await using var _ = world;
        world.ServerSettings.LongestRun = TimeSpan.FromMinutes(5);
        world.Waits.During = wait => wait == world.ServerSettings.StopGrace ? new TaskCompletionSource().Task : Task.CompletedTask;

        var cycle = Assert.Single(await Task.Run(world.RunAllAsync, TestContext.Current.CancellationToken));

        Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome);
        Assert.InRange(cycle.EndedAt!.Value - cycle.StartedAt, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5) + world.ServerSettings.StopGrace);
        Assert.Equal("stopped-user-termination-from-wmi-or-ui", world.Store.Reader.ReadCycle(dead)!.Steps[^1].Result);
        Assert.Equal(
            ["It runs longer than SyncServer:LongestRun (00:05:00) allows.", "MIM was asked to stop the run and answered 'success'."],
            cycle.Decisions.TakeLast(2).Select(decision => decision.Text));
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task A_run_that_outlived_the_agent_and_cannot_be_stopped_is_looked_for_again()
    {
        var (world, dead) = await CrashAsync(DeltaSynchronization, new RunPlan { HangsUntilStopped = true }, behind: server => new DeafDoor(server) { About = "AADMA", DeafTo = "Stop", Times = int.MaxValue });
        await using var _ = world;
        world.ServerSettings.LongestRun = TimeSpan.FromMinutes(5);

        var first = Assert.Single(await Task.Run(world.RunAllAsync, TestContext.Current.CancellationToken));

        Assert.Equal((CycleOutcome.Failed, "not-started-foreign-run"), (first.Outcome, Assert.Single(first.Steps).Result));
        Assert.Null(world.Store.Reader.ReadCycle(dead)!.Steps[^1].Result);

        await world.Mim.RestartServiceAsync();
        world.Pass(TimeSpan.FromMinutes(1));
        await Task.Run(world.RunAllAsync, TestContext.Current.CancellationToken);
        Assert.Equal("stopped-service-shutdown", world.Store.Reader.ReadCycle(dead)!.Steps[^1].Result);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task What_a_synchronization_brought_that_outlived_the_agent_is_not_missing_afterwards()
    {
        var (world, dead) = await CrashAsync(DeltaSynchronization, new RunPlan());
        await using var _ = world;

        var cycle = Assert.Single(await world.RunAllAsync());

        Assert.Equal((CycleOutcome.Abandoned, CycleOutcome.Succeeded), (world.Store.Reader.ReadCycle(dead)!.Outcome, cycle.Outcome));
        Assert.Equal((0L, "1 may have come with an earlier synchronization"), (cycle.Arrival!.Missing, cycle.Arrival.Explanation));
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task An_export_that_outlived_the_agent_is_confirmed_by_the_next_cycle()
    {
        var (world, _) = await CrashAsync("Export", new RunPlan(), "ADMA");
        await using var __ = world;

        var cycle = Assert.Single(await world.RunAllAsync());

        Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome);
        Assert.Equal("What an earlier cycle exported to ADMA was never confirmed: it is confirmed now.", cycle.Decisions[^1].Text);
        Assert.Equal("nothing to export", cycle.Steps.Single(step => step.RunProfile == "Export").SkippedBecause);
        Assert.Equal(["success", "success"], cycle.Steps.TakeLast(2).Select(step => step.Result));
        Assert.True(world.Mim.IsSettled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_export_that_outlived_the_agent_and_left_nothing_that_can_be_read_is_confirmed_as_well(bool isTorn)
    {
        var (world, _) = await CrashAsync(
            "Export", new RunPlan(), "ADMA", server => isTorn ? ChangedDetails.Torn(server, "Export") : new ChangedDetails(server, "Export", _ => "call-failure"));
        await using var __ = world;

        Assert.Equal(CycleOutcome.Succeeded, Assert.Single(await world.RunAllAsync()).Outcome);
        Assert.True(world.Mim.IsSettled);
    }

    [Fact]
    public async Task A_step_that_mim_never_started_says_so()
    {
        await using var world = await World.StartSettledAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();
        var dead = BeginAndDie(world);

        await world.PollAndRunAsync();

        var step = Assert.Single(world.Store.Reader.ReadCycle(dead)!.Steps);
        Assert.Equal((null, "it was cut off before MIM had started it"), (step.Result, step.SkippedBecause));
    }

    /// <summary>An agent that dies as soon as the profile has been started on AADMA, and the agent after it. Answers with the dead one's cycle.</summary>
    private static async Task<(World World, long Dead)> CrashAsync(
        string runProfile, RunPlan plan, string agent = "AADMA", Func<ICimConnection, ICimConnection>? behind = null)
    {
        DyingDoor? door = null;
        var world = await World.StartSettledAsync(door: connection => door ??= new DyingDoor(behind?.Invoke(connection) ?? connection));
        world.Mim.Script.Plan(agent, runProfile, plan);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        door!.DiesOn = runProfile;
        await Assert.ThrowsAsync<CrashException>(world.PollAndRunAsync);
        world.Restart();
        return (world, world.RunLog[^1].Id);
    }

    /// <summary>The agent dies between writing the step down and starting it.</summary>
    private static long BeginAndDie(World world)
    {
        var run = new CycleStart("GuestChanges", TriggerKind.GraphDelta, "ChangeDriven", "test", null);
        var cycle = world.Store.Cycles.BeginCycle(run, world.Clock.GetUtcNow());
        var step = ShippedSequences.Find("ChangeDriven")!.Steps[0];
        world.Store.Cycles.BeginStep(cycle, step.At(1), firstImport: true, world.Clock.GetUtcNow());
        world.Restart();
        return cycle;
    }
}
