using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Planning;
using MimHybrid.Mim;
using MimHybrid.Sandbox.SyncServer;

namespace MimHybrid.Flow.Tests.Stories;

/// <summary>Other people's runs, hangs, restarts, a server that is away, and mass deletions, as an administrator reads them.</summary>
public sealed class ServerStories
{
    private const string DeltaImport = "Delta Import (Stage Only)";
    private const string DeltaSynchronization = "Delta Synchronization";
    private const string Anna = @"SANDBOX\anna";

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_foreign_run()
    {
        await using var world = await World.StartSettledAsync();
        var story = new Story(world).Happens("Lena Brandt is invited while Anna synchronizes ADMA");
        Invite(world);
        await world.PollAsync();
        world.Clock.SetUtcNow(Assert.IsType<Decision.Wait>(world.Decide()).Until);

        await Task.Run(
            async () =>
            {
                _ = world.Mim.StartForeignRunAsync(new ForeignRun("ADMA", "Full Synchronization", TimeSpan.FromSeconds(19), Anna));
                await world.RunAllAsync();
            },
            TestEnd);

        await Approved.MatchesAsync(story.Tell().ToString());
    }

    [Fact]
    public async Task A_foreign_run_without_end()
    {
        await using var world = await World.StartSettledAsync();
        var story = new Story(world).Happens("Lena Brandt is invited while Anna's run of AADMA goes on for hours");
        Invite(world);
        await Task.Run(
            async () =>
            {
                _ = world.Mim.StartForeignRunAsync(new ForeignRun("AADMA", "Full Synchronization", TimeSpan.FromHours(5), Anna));
                await world.PollAndRunAsync();
            },
            TestEnd);

        await Approved.MatchesAsync(story.Tell().ToString());
    }

    [Fact]
    public async Task A_run_that_slips_in()
    {
        await using var world = await World.StartSettledAsync();
        var story = new Story(world).Happens("Lena Brandt is invited; Anna starts a run of AADMA at the moment at which the agent does");
        world.Mim.Script.Plan("AADMA", DeltaImport, new RunPlan { SlipsIn = new ForeignRun("AADMA", "Full Synchronization", TimeSpan.FromSeconds(19), Anna) });
        Invite(world);
        await Task.Run(world.PollAndRunAsync, TestEnd);

        await Approved.MatchesAsync(story.Tell().ToString());
    }

    [Fact]
    public async Task An_import_beside_a_synchronization()
    {
        await using var world = await World.StartSettledAsync();
        var story = new Story(world).Happens("Lena Brandt is invited; Anna starts an export of ADMA at the moment at which the agent synchronizes AADMA");
        world.Mim.Script.Plan("AADMA", DeltaSynchronization, new RunPlan { ReturnsEarlyBy = TimeSpan.FromSeconds(9), SlipsIn = new ForeignRun("ADMA", "Export", TimeSpan.FromSeconds(19), Anna) });
        Invite(world);
        await Task.Run(world.PollAndRunAsync, TestEnd);

        await Approved.MatchesAsync(story.Tell().ToString());
    }

    [Fact]
    public async Task A_hang_and_the_stop()
    {
        await using var world = await World.StartSettledAsync();
        var story = new Story(world).Happens("Lena Brandt is invited; AADMA's import hangs");
        HangImport(world, world.ServerSettings.LongestRun);
        Invite(world);
        await Task.Run(world.PollAndRunAsync, TestEnd);
        story.Tell();

        world.Waits.During = _ => Task.CompletedTask;
        world.Pass(TimeSpan.FromMinutes(1));
        await Task.Run(world.RunAllAsync, TestEnd);
        await Approved.MatchesAsync(story.Happens("A minute later").Tell().ToString());
    }

    [Fact]
    public async Task A_hang_of_a_step_with_a_limit_of_its_own()
    {
        var limit = TimeSpan.FromMinutes(20);
        await using var world = await World.StartSettledAsync(settings => settings.Sequences["ChangeDriven"] =
        [
            new() { ManagementAgent = "AADMA", RunProfile = DeltaImport, LongestRun = limit },
            new() { ManagementAgent = "AADMA", RunProfile = DeltaSynchronization },
        ]);
        HangImport(world, limit);
        Invite(world);
        var cycle = Assert.Single(await Task.Run(world.PollAndRunAsync, TestEnd));

        Assert.StartsWith("AADMA Delta Import (Stage Only) ran longer than its LongestRun allows and was stopped", cycle.Failure, StringComparison.Ordinal);
        Assert.Equal("It runs longer than the step's LongestRun (00:20:00) allows.", cycle.Decisions[0].Text);
        Assert.Single(cycle.Steps);
    }

    [Fact]
    public async Task A_restart_in_mid_run()
    {
        await using var world = await World.StartSettledAsync();
        var story = new Story(world).Happens("Lena Brandt is invited; FIMSynchronizationService restarts while AADMA synchronizes");
        world.Mim.Script.Plan("AADMA", DeltaSynchronization, new RunPlan { Duration = TimeSpan.FromHours(1) });
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Waits.During = async _ =>
        {
            await stopped.Task;
            world.Mim.StartService(); // it is back before the agent looks again
        };
        Invite(world);
        var cycle = Task.Run(world.PollAndRunAsync, TestEnd);
        await UntilItRunsAsync(world, DeltaSynchronization);
        await world.Mim.StopServiceAsync(cutsCalls: true);
        stopped.SetResult();
        await cycle;

        await Approved.MatchesAsync(story.Tell().ToString());
    }

    [Fact]
    public async Task A_crash_of_the_agent()
    {
        DyingDoor? door = null;
        await using var world = await World.StartSettledAsync(door: connection => door ??= new DyingDoor(connection));
        var story = new Story(world).Happens("Lena Brandt is invited; the agent's process is killed while AADMA synchronizes, and started again");
        world.Mim.Script.Plan("AADMA", DeltaSynchronization, new RunPlan { Duration = TimeSpan.FromSeconds(59) });
        Invite(world);
        door!.DiesOn = DeltaSynchronization;
        await Assert.ThrowsAsync<PowerCutException>(() => Task.Run(world.PollAndRunAsync, TestEnd));
        world.Restart();
        await Task.Run(world.RunAllAsync, TestEnd);

        await Approved.MatchesAsync(story.Tell().ToString());
    }

    [Fact]
    public async Task A_server_that_is_away()
    {
        await using var world = await World.StartSettledAsync();
        var story = new Story(world).Happens("Lena Brandt is invited; FIMSynchronizationService is stopped");
        world.Mim.Script.RefuseCalls(CimFailure.Unreachable);
        Invite(world);
        await Task.Run(world.PollAndRunAsync, TestEnd);
        story.Tell();

        world.Mim.Script.AnswerCalls();
        world.Mim.Script.RefuseCalls(CimFailure.AccessDenied);
        world.Pass(TimeSpan.FromMinutes(1));
        await Task.Run(world.RunAllAsync, TestEnd);
        await Approved.MatchesAsync(story.Happens("It is back, but the agent's account is no longer in FIMSyncOperators").Tell().ToString());
    }

    [Fact]
    public async Task A_mass_removal_in_the_tenant()
    {
        await using var world = await World.StartSettledAsync(settings => settings.RemovalGuard.Count = 2);
        await world.InviteAsync(10);
        var story = new Story(world).Happens("Three of ten guests are deleted; RemovalGuard:Count is 2");
        world.DeleteGuests(3);
        await world.PollAsync();
        story.Tell();

        await ApproveAsync(world, story);
        await Approved.MatchesAsync(story.Tell().ToString());
    }

    [Fact]
    public async Task A_mass_removal_that_only_mim_knows()
    {
        await using var world = await World.StartSettledAsync(settings => (settings.RemovalGuard.Count, settings.RemovalGuard.StagedCount) = (2, 2));
        await world.InviteAsync(10);
        var story = new Story(world).Happens("Three of ten guests are deleted and the agent has not heard of it; somebody forces a full cycle; RemovalGuard:Count and StagedCount are 2");
        world.DeleteGuests(3);
        await Task.Run(() => world.ForceAsync(), TestEnd);
        story.Tell();

        await ApproveAsync(world, story);
        story.Tell();
        await ApproveAsync(world, story);
        await Approved.MatchesAsync(story.Tell().ToString());
    }

    /// <summary>What <c>mimhybrid approve removals</c> shows and does, and a full cycle after it.</summary>
    private static async Task ApproveAsync(World world, Story story)
    {
        var held = world.Store.Reader.ReadHeldRemovals(most: 50)!;
        story.Happens("mimhybrid approve removals").Show(new HeldRemovalsText(TimeZoneInfo.Utc).Of(held, world.Store.Reader.CountLiveGuests()).ToString());
        Assert.NotNull(world.Store.Requests.ApproveRemovals(held, "ada", world.Clock.GetUtcNow()));
        await Task.Run(() => world.ForceAsync(), TestEnd);
    }

    /// <summary>AADMA's next delta import hangs, and the limit that guards it passes as soon as it runs.</summary>
    private static void HangImport(World world, TimeSpan limit)
    {
        world.Mim.Script.Plan("AADMA", DeltaImport, new RunPlan { HangsUntilStopped = true });
        world.Waits.PassesOnce = limit;
        world.Waits.During = wait =>
            wait == limit ? UntilItRunsAsync(world)
            : wait == world.ServerSettings.StopGrace ? new TaskCompletionSource().Task // never passes: the run ends at once when it is stopped
            : Task.CompletedTask;
    }

    private static void Invite(World world) => world.People.Invite("Lena Brandt", "lena.brandt@fabrikam.example");

    private static async Task UntilItRunsAsync(World world, string runProfile = DeltaImport)
    {
        while (!world.Mim.LastRuns.Any(run => run.IsGoing && run.RunProfile == runProfile))
        {
            TestEnd.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
