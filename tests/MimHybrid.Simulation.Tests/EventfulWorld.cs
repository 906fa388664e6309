using MimHybrid.Core.Planning;
using MimHybrid.Core.RunLog;
using MimHybrid.Graph;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Simulation.Tests;

/// <summary>A world in which one event follows the other, in any order. The tenant does not change while a cycle runs.</summary>
internal sealed class EventfulWorld : IAsyncDisposable
{
    /// <summary>More than any run of bad luck takes: who asks more often does not come to rest.</summary>
    private const int Patience = 100;

    private readonly World world;
    private readonly Witness witness;

    private EventfulWorld(World world)
    {
        this.world = world;
        witness = new Witness(world.People);
    }

    private bool HidesRestores => world.Setup.Pages.SilentRestores;

    public static async Task<EventfulWorld> StartAsync(PageShape pages) =>
        new(await World.StartAsync(new WorldSetup { Pages = pages }));

    public async Task HappenAsync(Event next)
    {
        switch (next)
        {
            case Event.InTheTenant what: what.Act.Do(world.People); break;
            case Event.Poll: await PollAsync(); break;
            case Event.Run: await RunAsync(); break;
            case Event.TimePasses time: world.Pass(TimeSpan.FromMinutes(time.Minutes)); break;
            case Event.GraphFails fails: Fail(fails); break;
            case Event.TokensDie: world.Tenant.ExpireDeltaTokens(); break;
            case Event.Restart: world.Restart(); break;
        }
    }

    /// <summary>Nothing fails any more. The agent reads what is left and does what is left, the next fallback included.</summary>
    public async Task ComeToRestAsync()
    {
        world.Tenant.Faults.Clear();
        if (HidesRestores) world.Tenant.ExpireDeltaTokens(); // only a reading of the whole tenant finds these (reference/graph-delta.md 1.3)
        await PollUntilReadAsync();
        await RestAsync();
        world.Pass(TimeSpan.FromHours(1));
        await RestAsync();
    }

    public void AllAgree()
    {
        var log = world.RunLog;
        Claims.TheAgentKnowsEveryGuestAndNobodyElse(world);
        Claims.EveryGuestHasAnAccountAndNobodyElse(world);
        Claims.NothingIsPending(world.Store);
        Claims.CyclesNeverOverlap(log);
        Claims.NoStepFollowsAFailedOne(log);
        witness.FindsEachIn(log);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    /// <summary>Sign-in is left alone: what MSAL remembers of a failing authority it remembers by the machine's clock.</summary>
    private void Fail(Event.GraphFails fails) =>
        world.Tenant.Faults.Next(fails.Trouble.ToFault(), fails.Requests, request => !request.IsTokenRequest);

    private async Task<PollResult> PollAsync()
    {
        witness.Before(world.Store);
        var result = await world.PollAsync();
        witness.After(world.Store, world.Clock.GetUtcNow());
        return result;
    }

    private async Task PollUntilReadAsync()
    {
        for (var polls = 0; await PollAsync() is PollResult.Failed { Failure: var failure }; polls++)
        {
            Assert.True(polls < Patience, $"{failure}");
            world.Pass(failure.RetryAfter ?? TimeSpan.FromMinutes(1));
        }
    }

    private async Task RunAsync()
    {
        for (var cycles = 0; world.Decide() is Decision.Run run; cycles++)
        {
            Assert.True(cycles < Patience, run.Reason);
            var cycle = await world.Clock.PaceAsync(world.Loop.RunCycleAsync(run, CancellationToken.None), TestContext.Current.CancellationToken);
            if (cycle.Outcome == CycleOutcome.Succeeded && !HidesRestores) Claims.EveryGuestHasAnAccountAndNobodyElse(world);
        }
    }

    /// <summary>Obeys until there is nothing left but to wait for the fallback; somebody approves what is held.</summary>
    private async Task RestAsync()
    {
        for (var asked = 0; ; asked++)
        {
            Assert.True(asked < Patience, $"{world.Store.ReadDecision()}");
            await RunAsync();
            switch (world.Decide())
            {
                case Decision.Wait { Cause: WaitCause.Idle } when world.Store.ReadPendingChanges(most: 1) is []:
                    return;
                case Decision.Wait wait:
                    world.Clock.SetUtcNow(wait.Until);
                    break;
                case Decision.Hold { RetryAt: { } retry }:
                    world.Clock.SetUtcNow(retry);
                    break;
                case Decision.Hold hold:
                    Assert.True(world.Store.ApproveRemovals("ada", world.Clock.GetUtcNow()) is not null, hold.Reason);
                    break;
            }
        }
    }
}
