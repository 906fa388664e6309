using System.Diagnostics;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Simulation.Tests;

/// <summary>Where the removal guard holds the removals of a <see cref="GuardedWorld"/>.</summary>
internal enum HeldAt
{
    /// <summary>Graph named them: before the first import.</summary>
    FirstImport,

    /// <summary>The agent does not know of them: before the synchronization of what AADMA's import staged.</summary>
    Synchronization,

    /// <summary>The agent does not know of them: before the export.</summary>
    Export,
}

/// <summary>How the first life of the agent ends in a <see cref="GuardedWorld"/>.</summary>
internal enum FirstDeath
{
    BeforeAWrite,

    /// <summary>As it asks MIM for the run that was approved: MIM never hears of it.</summary>
    Asking,

    /// <summary>MIM has run what was approved, and the agent has not heard of its end.</summary>
    Hearing,
}

/// <summary>
/// A world in which some guests are removed, the removal guard holds that, somebody approves it, and the agent carries it to the directory,
/// dying on its way and coming back.
/// </summary>
/// <param name="heldAt">The look that holds, the only one that has a narrow limit.</param>
/// <param name="othersFollow">
/// If it dies when the approval has had its run, as many others are removed before it comes back, of whom it does not know: they have to be
/// held again. Without them nothing is exported after the death, and so nothing confirms the export before it by chance.
/// </param>
internal sealed class GuardedWorld(HeldAt heldAt, bool othersFollow) : IAsyncDisposable
{
    private const int Guests = 12;
    private const int Removed = 3;

    private readonly ExportLedger ledger = new(Removed);
    private readonly List<(string Claim, string Why)> broken = [];
    private Plug plug = new(int.MaxValue);
    private World world = null!;
    private AgentStore outside = null!; // whoever forces and approves is another process, and does not die
    private bool othersAreDue = othersFollow;

    /// <summary>Where each life ended, for people.</summary>
    public List<string> Deaths { get; } = [];

    /// <summary>The claims that did not hold, and why.</summary>
    public IReadOnlyList<(string Claim, string Why)> Broken => broken;

    /// <summary>How often somebody approved.</summary>
    public int Approvals { get; private set; }

    /// <summary>Runs of MIM that carried as much as needs an approval.</summary>
    private int Passed => ledger.MassRuns.Count(managementAgent => managementAgent == HeldOn);

    private string HeldOn => heldAt == HeldAt.Synchronization ? "AADMA" : "ADMA";

    /// <summary>Everybody has an account, and nothing is left to do.</summary>
    public async Task StartAsync()
    {
        world = await World.StartAsync(new WorldSetup
        {
            Settings = Set,
            Door = mim => new MortalDoor(ledger.Over(mim), plug),
            Committing = () => () => plug.TickBeforeWrite(),
        });
        outside = AgentStore.Open(Path.GetDirectoryName(world.Store.Path)!);
        ledger.Watch(world.Mim.Directory);
        ledger.BeforeRun = run => CompareDeletes($"before {run}");
        for (var guest = 0; guest < Guests; guest++) world.People.Invite($"Guest {guest}", $"guest{guest}@fabrikam.example");
        await world.PollAndRunAsync();
        Claims.EveryGuestHasAnAccountAndNobodyElse(world);
    }

    /// <summary>The removals, the hold, the approval, and all that follows, in as many lives as it takes.</summary>
    /// <param name="first">How the first life ends.</param>
    /// <param name="writes">How many commits those lives have that end before their last one. The life after them has no end.</param>
    public async Task LiveAsync(FirstDeath first, params int[] writes)
    {
        Remove();
        if (heldAt == HeldAt.FirstImport) await world.PollAsync();
        var lives = new Queue<int>(writes);
        if (first == FirstDeath.Asking) ledger.BeforeMassRun = DieOn(HeldOn);
        else if (first == FirstDeath.Hearing) ledger.AfterMassRun = DieOn(HeldOn);
        else plug = new Plug(int.MaxValue, lives.Dequeue());

        while (!await SurvivesAsync(UntilAllIsDoneAsync))
        {
            (ledger.BeforeMassRun, ledger.AfterMassRun) = (_ => { }, _ => { });
            do
            {
                if (othersAreDue && Approvals > 0 && Passed == Approvals) RemoveOthers();
                plug = new Plug(int.MaxValue, lives.TryDequeue(out var next) ? next : int.MaxValue);
            }
            while (!await SurvivesAsync(Restart));
        }

        Assert.NotEqual(0, Passed);
        if (Passed != Approvals)
            Break(Claims.AnApprovalPassesOnce, $"mass removals passed {Passed} times, and were approved {Approvals} times");
        Claims.EveryGuestHasAnAccountAndNobodyElse(world);
    }

    public async ValueTask DisposeAsync()
    {
        outside.Dispose();
        await world.DisposeAsync();
        plug.Dispose();
    }

    private void Set(AgentSettings settings)
    {
        foreach (var timer in new[] { "FallbackCycle", "NightlyCycle", "WeeklyFull" }) settings.Functions[timer].Enabled = false;
        (settings.RemovalGuard.Percent, settings.RemovalGuard.StagedPercent) = (100, 100);
        if (heldAt == HeldAt.Synchronization) settings.RemovalGuard.StagedCount = Removed - 1;
        else settings.RemovalGuard.Count = Removed - 1;
    }

    private void Remove()
    {
        foreach (var guest in world.People.Guests.Take(Removed).ToArray()) world.People.Delete(guest.Id);
    }

    private void RemoveOthers()
    {
        Remove();
        othersAreDue = false;
    }

    private Action<string> DieOn(string held) => managementAgent =>
    {
        if (managementAgent != held) return;
        plug.PullAfter(0);
        plug.Tick();
    };

    private Task Restart()
    {
        world.Restart();
        return Task.CompletedTask;
    }

    /// <summary>Somebody forces a run again and again, and approves what is held, until a cycle has ended well.</summary>
    private async Task UntilAllIsDoneAsync()
    {
        for (var asked = 0; asked < 20; asked++)
        {
            var now = world.Clock.GetUtcNow();
            outside.Requests.RequestForcedRun("ChangeDriven", "ada", pastWindow: false, now);
            if (world.Decide() is Decision.Run run)
            {
                if ((await RunAsync(run)).EndedWell) return;
            }
            else if (outside.Requests.ApproveRemovals("ada", now) is not null)
            {
                Approvals++;
            }
        }

        Assert.Fail($"The agent does not come to rest: {world.Store.Reader.ReadDecision()}");
    }

    private async Task<CycleRecord> RunAsync(Decision.Run run)
    {
        var running = world.Loop.RunCycleAsync(run, CancellationToken.None);
        var cycle = await world.Clock.PaceAsync(running, TestContext.Current.CancellationToken);
        CompareDeletes($"after cycle {cycle.Id}");
        FindUnconfirmed();
        return cycle;
    }

    private async Task<bool> SurvivesAsync(Func<Task> life)
    {
        try
        {
            await life();
            return true;
        }
        catch (PowerCutException e)
        {
            var run = ledger.MassRuns.Contains(HeldOn) ? "before it heard" : "as it asked";
            Deaths.Add(FindWrite(e) is { } write ? $"before {write}" : run);
            FindUnconfirmed();
            return false;
        }
    }

    /// <summary>What was about to be committed: the outermost method of the store that was at work, if one was.</summary>
    private static string? FindWrite(PowerCutException death) => new StackTrace(death).GetFrames()
        .Select(frame => frame.GetMethod())
        .LastOrDefault(method => method?.DeclaringType?.Namespace?.EndsWith(".Store", StringComparison.Ordinal) == true)
        ?.Name;

    private void CompareDeletes(string when)
    {
        var known = world.Store.Cycles.CountUnconfirmedDeletes("ADMA");
        var exported = ledger.UnconfirmedDeletes;
        if (known != exported)
            Break(Claims.UnconfirmedDeletesAreWhatWasExported, $"{when} the agent knows of {known}, and {exported} were exported");
    }

    private void FindUnconfirmed()
    {
        if (ledger.AwaitsImport && world.RunLog is [.., { EndedWell: true } last])
            Break(Claims.EveryExportIsConfirmed, $"cycle {last.Id} ended well and left an export unconfirmed");
    }

    /// <summary>What follows from it says no more.</summary>
    private void Break(string claim, string why)
    {
        if (broken.TrueForAll(one => one.Claim != claim)) broken.Add((claim, why));
    }
}
