using MimHybrid.Cycles.Planning;
using MimHybrid.Graph;
using MimHybrid.Store.Rows;

namespace MimHybrid.Simulation.Tests;

/// <summary>A world in which one event follows the other, in any order. The tenant does not change while a cycle runs.</summary>
internal sealed class EventfulWorld : IAsyncDisposable
{
    /// <summary>More than any run of bad luck takes: who asks more often does not come to rest.</summary>
    private const int Patience = 100;

    /// <summary>So many removals need nobody's approval: few, since a tenant here has few guests.</summary>
    private const int Allowed = 2;

    private readonly Conditions conditions;
    private readonly ExportLedger ledger = new(Allowed + 1);
    private readonly List<string> unapproved = [];
    private long approved;
    private World world = null!;
    private Witness witness = null!;
    private GuestHistory history = null!;
    private Plug plug = new(int.MaxValue);

    private EventfulWorld(Conditions conditions) => this.conditions = conditions;

    public static async Task<EventfulWorld> StartAsync(Conditions conditions)
    {
        var eventful = new EventfulWorld(conditions);
        eventful.world = await World.StartAsync(new WorldSetup
        {
            Settings = settings =>
                (settings.RemovalGuard.Count, settings.RemovalGuard.Percent, settings.RemovalGuard.StagedPercent) = (Allowed, 100, 100),
            Door = mim => new MortalDoor(eventful.ledger.Over(mim), eventful.plug),
            AgentTime = clock => new MortalTime(clock, eventful.plug),
            Committing = () => eventful.plug.TickBeforeWrite,
            Pages = conditions.Pages,
            Baseline = conditions.Baseline,
            DeltaLag = TimeSpan.FromMinutes(conditions.DeltaLag),
            ReadLag = TimeSpan.FromMinutes(conditions.ReadLag),
        });
        eventful.witness = new Witness(eventful.world.People);
        eventful.history = new GuestHistory(eventful.world.People);
        eventful.ledger.Watch(eventful.world.Mim.Directory);
        eventful.ledger.AfterMassRun = eventful.LookAtMassRun;
        return eventful;
    }

    public async Task HappenAsync(Event next)
    {
        world.Pass(TimeSpan.FromSeconds(1)); // or a change would seem to be known before it was made
        switch (next)
        {
            case Event.InTheTenant what: what.Act.Do(world.People); break;
            case Event.Poll: await PollAsync(); break;
            case Event.Run: await RunAsync(); break;
            case Event.ManyAreDeleted many: await DeleteManyAsync(many.IsUnseen); break;
            case Event.SomebodyForcesARun: await ForceAsync(); break;
            case Event.SomebodyApproves: await ApproveAsync(); break;
            case Event.TimePasses time: world.Pass(TimeSpan.FromMinutes(time.Minutes)); break;
            case Event.GraphFails fails: Fail(fails); break;
            case Event.TokensDie: world.Tenant.ExpireDeltaTokens(); break;
            case Event.Restart: ComeBack(); break;
            case Event.DiesAfter later: plug.PullAfter(later.Moments); break;
        }

        history.Look(world.Clock.GetUtcNow());
    }

    /// <summary>Nothing fails any more. The agent reads what is left and does what is left, the next fallback included.</summary>
    public async Task ComeToRestAsync()
    {
        world.Tenant.Faults.Clear();
        ComeBack();
        if (conditions.HideThings) await CompareWithTheListAsync();
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
        Assert.Empty(unapproved);
        witness.FindsEachIn(log);
        history.EndsInCycles(log);
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        plug.Dispose();
    }

    /// <summary>Sign-in is left alone: what MSAL remembers of a failing authority it remembers by the machine's clock.</summary>
    private void Fail(Event.GraphFails fails) =>
        world.Tenant.Faults.Next(fails.Trouble.ToFault(), fails.Requests, request => !request.IsTokenRequest);

    /// <summary>Null when the agent died of it; then it has been started again.</summary>
    private async Task<PollResult?> PollAsync()
    {
        PollResult? result = null;
        witness.Before(world.Store);
        var survived = await SurvivesAsync(async () => result = await world.PollUnlessStoppedAsync(plug.Dying));
        witness.After(world.Store, world.Clock.GetUtcNow());
        if (!survived) ComeBack();
        else if (result is PollResult.Unchanged or PollResult.Changed && !conditions.HideThings) history.EndRound(world.Clock.GetUtcNow());
        return survived ? result : null;
    }

    /// <summary>Whatever an agent does that is dead already, it did not do: also where it takes its own death for a failure of Graph.</summary>
    private async Task<bool> SurvivesAsync(Func<Task> life)
    {
        try
        {
            await life();
        }
        catch (Exception e) when (plug.IsPulled && e is PowerCutException or OperationCanceledException)
        {
            world.Clock.Heed(plug.LeftBehind);
        }

        return !plug.IsPulled;
    }

    private void ComeBack()
    {
        plug = new Plug(int.MaxValue);
        world.Restart();
    }

    /// <summary>
    /// Delta and replicas that lag have caught up, and the daily comparison finds what they hid (MimHybrid.Graph/README.md#drift).
    /// </summary>
    private async Task CompareWithTheListAsync()
    {
        await PollUntilReadAsync();
        world.Pass(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(20));
        await PollUntilReadAsync();
        if (world.Store.Guests.ReadDoubtedBaseline() is { } held)
        {
            // A list without anybody, where somebody is known, is believed when it comes again.
            world.Clock.SetUtcNow(held.RetryAt);
            await PollUntilReadAsync();
        }

        var compared = world.Store.Guests.ReadDrift();
        Assert.True(world.Clock.GetUtcNow() - compared!.ReconciledAt < TimeSpan.FromHours(1), $"{compared}");
    }

    /// <summary>Until a round has come to its end: a reading of the whole tenant may go on after pages that are old by now.</summary>
    private async Task PollUntilReadAsync()
    {
        for (var polls = 0; polls < Patience; polls++)
        {
            switch (await PollAsync())
            {
                case PollResult.Failed { Failure: var failure }: world.Pass(failure.RetryAfter ?? TimeSpan.FromMinutes(1)); break;
                case PollResult.Waiting { Until: var until }: world.Clock.SetUtcNow(until); break;
                case PollResult.Unchanged or PollResult.Changed: return;
            }
        }

        Assert.Fail("The tenant is never read.");
    }

    private async Task DeleteManyAsync(bool isUnseen)
    {
        world.DeleteGuests(Allowed + 1);
        if (isUnseen) await ForceAsync();
    }

    private async Task ForceAsync()
    {
        if (await SurvivesAsync(Force)) await RunAsync();
        else ComeBack();

        Task Force() => Task.FromResult(
            world.Store.Requests.RequestForcedRun("ChangeDriven", "ada", pastWindow: false, world.Clock.GetUtcNow()));
    }

    private async Task ApproveAsync()
    {
        if (!await SurvivesAsync(() => Task.FromResult(IsApproved()))) ComeBack();
    }

    /// <summary>False where nothing is held. What was held twice, before the import and before the export, is approved once each.</summary>
    private bool IsApproved()
    {
        if (world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow()) is not { } approval) return false;
        approved += Math.Max(approval.Removals, approval.ExportDeletes);
        return true;
    }

    /// <summary>A mass removal never reaches an export unapproved, by the sync server's own account (src/README.md#statement-6).</summary>
    private void LookAtMassRun(string managementAgent)
    {
        if (ledger.MassDeletes > approved)
            unapproved.Add($"{ledger.MassDeletes} were deleted by mass runs, the last on {managementAgent}, and {approved} were approved.");
    }

    private async Task RunAsync()
    {
        for (var cycles = 0; cycles < Patience; cycles++)
        {
            CycleRecord? cycle = null;
            if (!await SurvivesAsync(async () => cycle = await RunOnceAsync())) ComeBack();
            else if (cycle is null) return;
            else if (cycle.Outcome == CycleOutcome.Succeeded && !conditions.HideThings) Claims.EveryGuestHasAnAccountAndNobodyElse(world);
        }

        Assert.Fail($"The agent does not come to rest: {world.Store.Reader.ReadDecision()}");
    }

    private async Task<CycleRecord?> RunOnceAsync() => world.Decide() is Decision.Run run
        ? await world.Clock.PaceAsync(world.Loop.RunCycleAsync(run, CancellationToken.None), TestContext.Current.CancellationToken)
        : null;

    /// <summary>Obeys until there is nothing left but to wait for the fallback; somebody approves what is held.</summary>
    private async Task RestAsync()
    {
        for (var asked = 0; ; asked++)
        {
            Assert.True(asked < Patience, $"{world.Store.Reader.ReadDecision()}");
            await RunAsync();
            switch (world.Decide())
            {
                case Decision.Wait { Cause: WaitCause.Idle } when world.Store.Reader.ReadPendingChanges(most: 1) is []:
                    return;
                case Decision.Wait wait:
                    world.Clock.SetUtcNow(wait.Until);
                    break;
                case Decision.Hold { RetryAt: { } retry }:
                    world.Clock.SetUtcNow(retry);
                    break;
                case Decision.Hold hold:
                    Assert.True(IsApproved(), hold.Reason);
                    break;
            }
        }
    }
}
