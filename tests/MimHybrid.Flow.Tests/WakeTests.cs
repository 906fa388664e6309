using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>
/// The loop that starts cycles sleeps while nothing can change the answer, and a commit wakes it at once, of its own process or of another
/// one; one that could not ring is found at the next look. The clock stands still unless a test moves it.
/// </summary>
public sealed class WakeTests : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim asleep = new(0);
    private readonly TaskCompletionSource<CycleRecord> cycle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private World world = null!;
    private Task<StopRequest?>? loop;
    private int idle;

    private string Folder => Path.GetDirectoryName(world.Store.Path)!;

    [Fact]
    public async Task Changes_that_a_poll_of_the_same_process_commits_start_their_cycle_at_once()
    {
        await StartAsync();
        await SleepsAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        var committed = world.Clock.GetUtcNow();
        await world.PollAsync();

        var carried = await cycle.Task.InTimeAsync("the cycle");
        Assert.Equal((committed, "Lena Brandt"), (carried.StartedAt, Assert.Single(carried.Changes).Name));
    }

    [Fact]
    public async Task Changes_that_are_committed_between_the_decision_and_the_sleep_are_not_slept_over()
    {
        await StartAsync(async () =>
        {
            if (idle > 1) return;
            world.People.Invite("Lena Brandt", "lena@fabrikam.example");
            await world.PollAsync();
        });
        Assert.Equal(world.Clock.GetUtcNow(), (await cycle.Task.InTimeAsync("the cycle")).StartedAt);
    }

    [Fact]
    public async Task A_forced_run_of_another_process_is_heard_at_once_and_its_bell_leaves_nothing_behind()
    {
        await StartAsync();
        await SleepsAsync();
        var asked = world.Clock.GetUtcNow();
        using var elsewhere = RequestStore.Open(Folder);
        elsewhere.RequestForcedRun("ChangeDriven", "ada", pastWindow: false, asked);

        var forced = await cycle.Task.InTimeAsync("the cycle");
        Assert.Equal((asked, "ada"), (forced.StartedAt, forced.ForcedBy));
        Assert.Empty(Directory.GetFiles(Folder, "agent.db.bell*"));
    }

    [Fact]
    public async Task A_commit_of_another_process_without_a_bell_is_found_at_the_next_look()
    {
        await StartAsync();
        await SleepsAsync();
        using var elsewhere = AgentStore.Open(Folder); // an agent rings for nobody: it is alone
        elsewhere.Requests.RequestForcedRun("ChangeDriven", "ada", pastWindow: false, world.Clock.GetUtcNow());
        Assert.False(cycle.Task.IsCompleted);
        world.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal("ada", (await cycle.Task.InTimeAsync("the cycle")).ForcedBy);
    }

    /// <summary>Its own sign of life and the decision it writes down, and another's that changes nothing.</summary>
    [Fact]
    public async Task What_the_loop_commits_itself_costs_one_more_decision_and_a_poll_without_changes_one()
    {
        await StartAsync();
        await SleepsAsync();
        Assert.InRange(idle, 1, 2);
        var before = idle;
        world.Store.Guests.RecordPollSuccess(world.Clock.GetUtcNow());
        await SleepsAsync();
        Assert.Equal(before + 1, idle);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (loop is not null) Assert.Null(await loop.InTimeAsync("the end of the loop"));
        await world.DisposeAsync();
        asleep.Dispose();
        stop.Dispose();
    }

    private async Task StartAsync(Func<Task>? whenIdle = null)
    {
        world = await World.StartAsync(new WorldSetup
        {
            Settings = settings => settings.Functions["GuestChanges"].SettleTime = TimeSpan.Zero,
            WaitsPass = true,
            AgentTime = clock => new HearingClock(clock, asleep),
        });
        await world.PollAsync();
        await world.RunAllAsync();
        world.Restart();
        world.Loop.CycleEnded += (_, ended) => cycle.TrySetResult(ended.Cycle);
        loop = world.Loop.RunAsync(
            async _ =>
            {
                idle++;
                await (whenIdle?.Invoke() ?? Task.CompletedTask);
                return false;
            },
            stop.Token);
    }

    private async Task SleepsAsync() =>
        Assert.True(await asleep.WaitAsync(Deadline.Longest, TestContext.Current.CancellationToken), "The loop did not sleep.");

    /// <summary>Hears that the loop begins to wait for its next look. Whatever else is waited for takes longer.</summary>
    private sealed class HearingClock(TimeProvider clock, SemaphoreSlim asleep) : ClockOver(clock)
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(10)) asleep.Release();
            return timer;
        }
    }
}
