using MimHybrid.Cycles.Planning;
using MimHybrid.Graph;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Simulation.Tests;

/// <summary>A world whose agent dies in the moments it is given, one life after the other, and is started again each time.</summary>
internal sealed class MortalWorld : IAsyncDisposable
{
    private readonly HashSet<long> cutOff = [];
    private readonly Queue<(int Moments, int Writes)> lives;
    private readonly Queue<Act?> meanwhile = [];
    private Plug plug;
    private World world = null!;
    private Witness witness = null!;

    private MortalWorld(IEnumerable<int> lives)
    {
        this.lives = new Queue<(int, int)>(lives.Select(moments => (moments, int.MaxValue)));
        plug = NextLife();
    }

    public int Deaths { get; private set; }

    public SandboxTenant Tenant => world.Tenant;

    /// <param name="lives">How many moments each life of the agent has; the one after the last has no end.</param>
    public static async Task<MortalWorld> StartAsync(params int[] lives)
    {
        var mortal = new MortalWorld(lives);
        mortal.world = await World.StartAsync(new WorldSetup
        {
            Door = mim => new MortalDoor(mim, mortal.plug),
            AgentTime = clock => new MortalTime(clock, mortal.plug),
            Committing = () => mortal.plug.TickBeforeWrite,
            Pages = new PageShape { Size = 3 },
            StepDuration = TimeSpan.FromSeconds(3),
        });
        mortal.witness = new Witness(mortal.world.People);
        mortal.world.Tenant.Faults.Next(new Fault.Reset(), int.MaxValue, request => !request.IsFromManagementAgent && mortal.plug.Dies());
        return mortal;
    }

    /// <summary>The agent is started as often as it dies, until it has done all there is to do.</summary>
    public async Task LiveAsync()
    {
        while (!await SurvivesAsync(DoAllThereIsToDoAsync)) await ComeBackAsync();
        Claims.TheAgentKnowsEveryGuestAndNobodyElse(world);
        Claims.EveryGuestHasAnAccountAndNobodyElse(world);
        Claims.NothingIsPending(world.Store);
    }

    public void Sleep(TimeSpan time) => world.Pass(time);

    /// <summary>Has this happen while the next cycles run, one act while each step takes its time; null is a step in which nothing does.</summary>
    public void Meanwhile(IEnumerable<Act?> acts)
    {
        foreach (var act in acts) meanwhile.Enqueue(act);
    }

    /// <summary>Begins another life, of so many moments or commits, and goes on as <see cref="LiveAsync"/>.</summary>
    public async Task LiveAnewAsync(int moments = int.MaxValue, int writes = int.MaxValue)
    {
        lives.Enqueue((moments, writes));
        await ComeBackAsync();
        await LiveAsync();
    }

    /// <summary>What the run log says of it all: each change was carried, and what was cut off is called so.</summary>
    public void EndsWithATrueRunLog()
    {
        var log = world.RunLog;
        Claims.CyclesNeverOverlap(log);
        Claims.NoStepFollowsAFailedOne(log);
        witness.FindsEachIn(log);
        Assert.Equal(cutOff.Order(), log.Where(cycle => cycle.Outcome == CycleOutcome.Abandoned).Select(cycle => cycle.Id));
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        plug.Dispose();
    }

    private Plug NextLife() => lives.TryDequeue(out var life) ? new Plug(life.Moments, life.Writes) : new Plug(int.MaxValue);

    private async Task<bool> SurvivesAsync(Func<Task> life)
    {
        try
        {
            await life();
            return true;
        }
        catch (PowerCutException)
        {
            Deaths++;
            world.Clock.Heed(plug.LeftBehind);
            return false;
        }
    }

    private async Task ComeBackAsync()
    {
        do
        {
            cutOff.UnionWith(world.RunLog.Where(cycle => cycle.Outcome == CycleOutcome.Running).Select(cycle => cycle.Id));
            plug = NextLife();
        }
        while (!await SurvivesAsync(Restart));
    }

    private Task Restart()
    {
        world.Restart();
        return Task.CompletedTask;
    }

    private async Task DoAllThereIsToDoAsync()
    {
        await PollAsync();
        for (var asked = 0; asked < 100; asked++)
        {
            switch (world.Decide())
            {
                case Decision.Run run:
                    await RunAsync(run);
                    break;
                case Decision.Wait { Cause: WaitCause.Idle } when world.Store.Reader.ReadPendingChanges(most: 1) is []:
                    return;
                case Decision.Wait wait:
                    world.Clock.SetUtcNow(wait.Until);
                    break;
                case Decision.Hold:
                    world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow());
                    break;
            }
        }

        Assert.Fail($"The agent does not come to rest: {world.Store.Reader.ReadDecision()}");
    }

    private async Task PollAsync()
    {
        witness.Before(world.Store);
        try
        {
            var result = await world.PollUnlessStoppedAsync(plug.Dying);
            Assert.True(plug.IsPulled || result is not PollResult.Failed, $"{result}");
        }
        catch (OperationCanceledException) when (plug.IsPulled)
        {
            // A process that dies waits for no answer.
        }
        finally
        {
            witness.After(world.Store, world.Clock.GetUtcNow());
        }

        if (plug.IsPulled) throw new PowerCutException();
    }

    private async Task RunAsync(Decision.Run run)
    {
        var untouched = meanwhile.Count == 0;
        var cycle = world.Loop.RunCycleAsync(run, CancellationToken.None);
        var ended = await world.Clock.PaceAsync(cycle, DoMeanwhileAsync, TestContext.Current.CancellationToken);
        Assert.Equal(CycleOutcome.Succeeded, ended.Outcome);
        if (untouched) Claims.EveryGuestHasAnAccountAndNobodyElse(world);
    }

    /// <summary>As in the product, polls go on while a cycle runs. If the agent dies in one, its cycle does at its next move.</summary>
    private async Task DoMeanwhileAsync()
    {
        if (plug.IsPulled || !meanwhile.TryDequeue(out var act) || act is null) return;
        act.Do(world.People);
        try
        {
            await PollAsync();
        }
        catch (PowerCutException)
        {
            Assert.True(plug.IsPulled);
        }
    }
}
