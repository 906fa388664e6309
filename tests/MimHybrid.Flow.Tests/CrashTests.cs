using MimHybrid.Core.RunLog;
using MimHybrid.Sandbox.SyncServer;

namespace MimHybrid.Flow.Tests;

/// <summary>MIM goes on with a run whose agent has crashed; the next agent finds it, waits for it, and writes down what it came to.</summary>
public sealed class CrashTests
{
    private const string DeltaImport = "Delta Import (Stage Only)";
    private const string DeltaSynchronization = "Delta Synchronization";

    [Fact]
    public async Task A_run_that_outlived_the_agent_is_waited_for_and_its_result_is_written_down()
    {
        var (world, dead) = await CrashAsync(DeltaImport, TimeSpan.FromMinutes(5));
        await using var _ = world;
        var crashedAt = world.Clock.GetUtcNow();

        var cycle = Assert.Single(await world.RunAllAsync());

        Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome);
        Assert.True(cycle.EndedAt >= crashedAt.AddMinutes(5));
        var cut = Assert.Single(world.Store.ReadCycle(dead)!.Steps);
        Assert.Equal(("success", true), (cut.Result, cut.RunNumber > 0));
        Assert.Equal(
            [
                $"AADMA Delta Import (Stage Only) of cycle {dead} still runs: it outlived the agent, and is waited for.",
                $"AADMA Delta Import (Stage Only) of cycle {dead} outlived the agent: it ended as run {cut.RunNumber} with success.",
            ],
            cycle.Decisions.Select(decision => decision.Text));
        Assert.All(cycle.Decisions, decision => Assert.Equal(0, decision.Step));
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task What_a_synchronization_brought_that_outlived_the_agent_is_not_missing_afterwards()
    {
        var (world, dead) = await CrashAsync(DeltaSynchronization, TimeSpan.Zero);
        await using var _ = world;

        var cycle = Assert.Single(await world.RunAllAsync());

        Assert.Equal((CycleOutcome.Abandoned, CycleOutcome.Succeeded), (world.Store.ReadCycle(dead)!.Outcome, cycle.Outcome));
        Assert.Equal((0L, "1 may have come with an earlier synchronization"), (cycle.Arrival!.Missing, cycle.Arrival.Explanation));
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task An_export_that_outlived_the_agent_is_confirmed_by_the_next_cycle()
    {
        var (world, _) = await CrashAsync("Export", TimeSpan.Zero, "ADMA");
        await using var __ = world;

        var cycle = Assert.Single(await world.RunAllAsync());

        Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome);
        Assert.Equal("What an earlier cycle exported to ADMA was never confirmed: it is confirmed now.", cycle.Decisions[^1].Text);
        Assert.Equal("nothing to export", cycle.Steps.Single(step => step.RunProfile == "Export").SkippedBecause);
        Assert.Equal(["success", "success"], cycle.Steps.TakeLast(2).Select(step => step.Result));
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

        var step = Assert.Single(world.Store.ReadCycle(dead)!.Steps);
        Assert.Equal((null, "the agent ended before MIM had started it"), (step.Result, step.SkippedBecause));
    }

    /// <summary>An agent that dies as soon as the profile has been started on AADMA, and the agent after it. Answers with the dead one's cycle.</summary>
    private static async Task<(World World, long Dead)> CrashAsync(string runProfile, TimeSpan duration, string agent = "AADMA")
    {
        DyingDoor? door = null;
        var world = await World.StartSettledAsync(door: connection => door ??= new DyingDoor(connection));
        world.Mim.Script.Plan(agent, runProfile, new RunPlan { Duration = duration });
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        door!.DiesOn = runProfile;
        await Assert.ThrowsAsync<CrashException>(world.PollAndRunAsync);
        world.Restart();
        return (world, world.RunLog[^1].Id);
    }

    /// <summary>The agent dies between writing the step down and starting it.</summary>
    private static long BeginAndDie(World world)
    {
        var run = new Core.Planning.Decision.Run("GuestChanges", Core.Settings.TriggerKind.GraphDelta, "ChangeDriven", null, "test");
        var cycle = world.Store.BeginCycle(run, world.Clock.GetUtcNow());
        var step = Core.Cycles.ShippedSequences.Find("ChangeDriven")!.Steps[0];
        world.Store.BeginStep(cycle, 1, step, firstImport: true, world.Clock.GetUtcNow());
        world.Restart();
        return cycle;
    }
}
