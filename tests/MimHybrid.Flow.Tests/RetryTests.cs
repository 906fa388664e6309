using MimHybrid.Cycles.Planning;
using MimHybrid.Mim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>A cause that passes is waited out within the cycle, a bounded number of times.</summary>
public sealed class RetryTests
{
    private const string DeltaImport = "Delta Import (Stage Only)";

    [Theory]
    [InlineData("AADMA", DeltaImport, "stopped-connectivity")]
    [InlineData("AADMA", "Delta Synchronization", "stopped-deadlocked")]
    [InlineData("ADMA", "Export", "stopped-server-down")]
    [InlineData("ADMA", DeltaImport, "no-start-connection")]
    public async Task A_step_with_a_passing_cause_is_tried_again_and_the_cycle_goes_on(string agent, string profile, string word)
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.Answer(agent, profile, word);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome);
        var tries = cycle.Steps.Where(step => step.ManagementAgent == agent && step.RunProfile == profile).ToList();
        Assert.Equal([word, "success"], tries.Select(step => step.Result));
        var decision = Assert.Single(cycle.Decisions);
        Assert.Equal(tries[0].Position, decision.Step);
        Assert.Contains($"{word} may pass: waits", decision.Text, StringComparison.Ordinal);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task Retries_wait_longer_each_time_and_when_they_are_used_up_the_cycle_fails()
    {
        await using var world = await World.StartSettledAsync();
        var waits = new List<double>();
        world.Waits.During = wait =>
        {
            waits.Add(wait.TotalSeconds);
            return Task.CompletedTask;
        };
        world.Mim.Script.PlanEvery("AADMA", DeltaImport, new RunPlan { Result = "stopped-connectivity" });
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Failed, 4), (cycle.Outcome, cycle.Steps.Count));
        Assert.Collection(waits, wait => Assert.InRange(wait, 8, 10), wait => Assert.InRange(wait, 16, 20), wait => Assert.InRange(wait, 32, 40));
        Assert.EndsWith("It was tried 4 times.", cycle.Failure, StringComparison.Ordinal);
        Assert.Equal("The retries are used up; the cycle ends.", cycle.Decisions[^1].Text);
        Assert.Equal(WaitCause.Backoff, Assert.IsType<Decision.Wait>(world.Decide()).Cause);
        Assert.Equal(1, world.Store.Reader.ReadSnapshot(default).Pending.Count);
    }

    [Theory]
    [InlineData("call-failure", true)]
    [InlineData("call-failure:0x80230452", true)]
    [InlineData("sql-deadlock", false)]
    public async Task What_is_tried_again_once_and_stays_needs_a_person_if_nobody_knows_what_it_is(string word, bool needsPerson)
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.PlanEvery("AADMA", DeltaImport, new RunPlan { Result = word });
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Failed, 2, needsPerson), (cycle.Outcome, cycle.Steps.Count, world.Decide() is Decision.Hold));
    }

    [Fact]
    public async Task A_sync_server_that_comes_back_in_time_costs_no_cycle()
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.RefuseCalls(CimFailure.Unreachable);
        world.Waits.During = _ =>
        {
            world.Mim.Script.AnswerCalls();
            return Task.CompletedTask;
        };
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Succeeded, "cim-unreachable"), (cycle.Outcome, cycle.Steps[0].Result));
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Theory]
    [InlineData("ADMA", "NumExportAdd")]
    [InlineData("AADMA", "NumImportDelete")]
    public async Task A_question_between_two_steps_that_is_not_answered_is_asked_again(string agent, string question)
    {
        DeafDoor? door = null;
        await using var world = await World.StartSettledAsync(door: connection => door ??= new DeafDoor(connection));
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        (door!.About, door.DeafTo, door.Times) = (agent, question, 2);

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome);
        Assert.Equal(2, cycle.Decisions.Count);
        Assert.All(cycle.Decisions, noted => Assert.StartsWith($"MIM could not be asked what is pending on {agent} (cim-unreachable): waits ", noted.Text, StringComparison.Ordinal));
        Assert.EndsWith("and asks again (2 of 3).", cycle.Decisions[1].Text, StringComparison.Ordinal);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task A_question_that_is_never_answered_ends_the_cycle_and_loses_nothing()
    {
        DeafDoor? door = null;
        await using var world = await World.StartSettledAsync(door: connection => door ??= new DeafDoor(connection));
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        (door!.About, door.DeafTo, door.Times) = ("ADMA", "NumExportAdd", int.MaxValue);

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Failed, 3), (cycle.Outcome, cycle.Decisions.Count));
        Assert.StartsWith("ADMA Export:", cycle.Failure, StringComparison.Ordinal);
        Assert.Equal(1, world.Store.Reader.ReadSnapshot(default).Pending.Count);
    }

    [Fact]
    public async Task A_shutdown_ends_the_wait_and_nothing_more_is_started()
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.PlanEvery("AADMA", DeltaImport, new RunPlan { Result = "stopped-connectivity" });
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();
        using var stopping = new CancellationTokenSource();
        world.Waits.During = _ => stopping.CancelAsync();

        var cycle = await world.ForceUntilAsync("ChangeDriven", stopping.Token);

        Assert.Equal((CycleOutcome.Stopped, null, 1), (cycle.Outcome, cycle.Failure, cycle.Steps.Count));
        Assert.Equal(1, world.Store.Reader.ReadSnapshot(default).Pending.Count);
    }
}
