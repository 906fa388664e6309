using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph;
using MimHybrid.Store.Rows;

namespace MimHybrid.Simulation.Tests;

/// <summary>
/// Thirty days of a server: a few guest changes a day, maintenance windows on Sundays, an outage of MIM's service, one of Graph, a
/// reboot, and a mass removal that waits for its approval. Lived once; the tests look at what the run log says of it.
/// </summary>
public class Month : IAsyncLifetime
{
    private static readonly TimeSpan StepDuration = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMinutes(5);

    /// <summary>The seven steps of a timer's sequence, and what goes on around them.</summary>
    internal static readonly TimeSpan LongestCycle = 8 * StepDuration;

    /// <summary>How long a change may take at most where nothing stands in its way: to the next poll, to settle, behind a cycle, in its own.</summary>
    internal static readonly TimeSpan Bound = PollInterval + new FunctionSettings().EditsAndRemovalsWait + (2 * LongestCycle);

    private readonly PriorityQueue<Action, DateTimeOffset> agenda = new();
    private readonly Random chance = new(30);
    private World world = null!;
    private DateTimeOffset nextPoll;
    private bool isOff;

    /// <summary>Times in which nothing is owed, in their order.</summary>
    internal List<Excuse> Excuses { get; } = [];

    /// <summary>What was done to which guest, and when.</summary>
    internal List<(string Id, DateTimeOffset At)> Changes { get; } = [];

    internal List<(Decision Decision, DateTimeOffset At)> Decisions { get; } = [];

    internal IReadOnlyList<CycleRecord> Log { get; private set; } = [];

    internal World World => world;

    internal Excuse Find(string why) => Excuses.Single(excuse => excuse.Why == why);

    private DateTimeOffset Now => world.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        world = await World.StartAsync(new WorldSetup { Settings = Set, StepDuration = StepDuration, KeptRuns = 20 });
        for (var guest = 0; guest < 40; guest++) world.People.Invite($"Guest {guest}", $"guest{guest}@fabrikam.example");
        nextPoll = Now;
        Plan(Now);
        await LiveUntilAsync(Now.AddDays(30));
        Log = world.RunLog;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return world.DisposeAsync();
    }

    /// <summary>What goes on beside the agent's work, whenever the clock has moved.</summary>
    protected virtual Task LiveBesideAsync() => Task.CompletedTask;

    /// <summary>When something owed since then must have happened at the latest, with all excuses.</summary>
    internal DateTimeOffset DueBy(DateTimeOffset owedSince, TimeSpan within) => Excuses.Aggregate(
        owedSince + within, (due, excuse) => excuse.From < due && owedSince < excuse.To && excuse.To + within > due ? excuse.To + within : due);

    private static void Set(AgentSettings settings)
    {
        settings.BootDelay = TimeSpan.FromMinutes(15);
        settings.MaintenanceWindows.Add(new MaintenanceWindowSettings { Cron = "0 2 * * SUN", Duration = TimeSpan.FromHours(3) });
    }

    /// <param name="start">A Sunday, noon.</param>
    private void Plan(DateTimeOffset start)
    {
        var backoff = world.Settings.Backoff.Longest;
        Trouble("MIM's service is down", start.AddDays(4.9), hours: 4, backoff, () => _ = world.Mim.StopServiceAsync(), world.Mim.StartService);
        Trouble("Graph is away", start.AddDays(9.1), hours: 5, backoff, () => GraphIs(away: true), () => GraphIs(away: false));
        Trouble("the server restarts", start.AddDays(12.8), hours: 0.3, world.Settings.BootDelay, () => isOff = true, SwitchOn);
        Trouble("a mass removal", start.AddDays(19.9), hours: 1.5, TimeSpan.Zero, RemoveMany, () => world.Store.Requests.ApproveRemovals("ada", Now));
        for (var sunday = start.Date.AddDays(7); sunday < start.AddDays(30); sunday = sunday.AddDays(7))
            Excuses.Add(new Excuse("a maintenance window", new DateTimeOffset(sunday.AddHours(2), TimeSpan.Zero), new DateTimeOffset(sunday.AddHours(5), TimeSpan.Zero)));

        Excuses.Sort((one, other) => one.From.CompareTo(other.From));
        foreach (var (_, from, to) in Excuses) At(from + ((to - from) / 2), ChangeSomebody);
        for (var day = 0; day < 29; day++)
            for (var changes = chance.Next(5); changes > 0; changes--) At(start.AddDays(day + chance.NextDouble()), ChangeSomebody);
    }

    private void Trouble(string why, DateTimeOffset from, double hours, TimeSpan aftermath, Action begin, Action end)
    {
        At(from, begin);
        At(from.AddHours(hours), end);
        Excuses.Add(new Excuse(why, from, from.AddHours(hours) + aftermath));
    }

    private void At(DateTimeOffset time, Action happens) => agenda.Enqueue(happens, time);

    private void GraphIs(bool away) => world.Tenant.Faults.Outage = away;

    private void SwitchOn()
    {
        isOff = false;
        world.Reboot();
    }

    /// <summary>A third of the guests, which is more than a tenth.</summary>
    private void RemoveMany()
    {
        var guests = world.People.Guests;
        foreach (var guest in guests.Take(guests.Count / 3)) Changes.Add((Remove(guest.Id), Now));
    }

    /// <summary>One who is removed was invited days ago, so that no poll can have missed the whole life of a guest.</summary>
    private void ChangeSomebody()
    {
        var guests = world.People.Guests;
        var number = Changes.Count;
        var id = chance.Next(3) switch
        {
            0 => world.People.Invite($"New guest {number}", $"new{number}@fabrikam.example").Id,
            1 => world.People.Update(guests[chance.Next(guests.Count)].Id, "surname", $"Surname {number}")!.Id,
            _ => Remove(guests[0].Id),
        };
        Changes.Add((id, Now));
    }

    private string Remove(string id)
    {
        world.People.Delete(id);
        return id;
    }

    private async Task LiveUntilAsync(DateTimeOffset end)
    {
        while (Now < end)
        {
            await DoWhatIsDueAsync();
            var next = agenda.TryPeek(out _, out var planned) && planned < end ? planned : end;
            if (!isOff)
            {
                if (nextPoll < next) next = nextPoll;
                if (await ObeyAsync() is var until && until < next) next = until;
            }

            if (next > Now) world.Clock.SetUtcNow(next);
        }
    }

    /// <summary>Does what the planner says now, and answers with when it is to be asked again.</summary>
    private async Task<DateTimeOffset> ObeyAsync()
    {
        var decision = world.Decide();
        Decisions.Add((decision, Now));
        Assert.False(Decisions.Count > 10 && Decisions[^10].At == Now, $"At {Now} time stands still: {decision}");
        switch (decision)
        {
            case Decision.Run run:
                await world.Clock.PaceAsync(world.Loop.RunCycleAsync(run, CancellationToken.None), DoWhatIsDueAsync, TestContext.Current.CancellationToken);
                return Now;
            case Decision.Wait wait: return wait.Until;
            case Decision.Hold { RetryAt: { } retry }: return retry;
            default: return DateTimeOffset.MaxValue;
        }
    }

    /// <summary>People and polls do not wait for a cycle to end.</summary>
    private async Task DoWhatIsDueAsync()
    {
        await LiveBesideAsync();
        while (agenda.TryPeek(out var happens, out var at) && at <= Now)
        {
            agenda.Dequeue();
            happens();
        }

        if (isOff || nextPoll > Now) return;
        var result = await world.PollAsync();
        nextPoll = Now + ((result as PollResult.Failed)?.Failure.RetryAfter ?? PollInterval);
        if (result is PollResult.Unchanged) SkipPollsThatWouldShowNothing();
    }

    /// <summary>Saves thousands of requests: nothing has changed, and until the next thing happens nothing will have.</summary>
    private void SkipPollsThatWouldShowNothing()
    {
        var hourly = Now.AddHours(1);
        while (nextPoll < hourly && (!agenda.TryPeek(out _, out var next) || nextPoll < next)) nextPoll += PollInterval;
    }
}

/// <summary>A time in which nothing is owed, its aftermath included.</summary>
internal sealed record Excuse(string Why, DateTimeOffset From, DateTimeOffset To);

/// <summary>The month is lived once for all who look at it.</summary>
[CollectionDefinition(nameof(Month))]
public sealed class SharedMonth : ICollectionFixture<Month>;
