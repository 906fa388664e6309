using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Core.Cycles;
using MimHybrid.Core.Planning;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Flow.Tests;

/// <summary>MIM's run history is cleared of old runs once a day, and only while nothing runs.</summary>
public sealed class RunHistoryTests
{
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Unless_it_is_asked_for_nothing_is_cleared(int? days)
    {
        await using var world = await World.StartSettledAsync();
        world.Pass(ADay * 1000);

        await Cleaner(world, days).CleanIfDueAsync(Token);

        Assert.NotEmpty(await RunsAsync(world));
    }

    [Fact]
    public async Task Runs_older_than_the_days_set_are_removed_and_younger_ones_stay()
    {
        await using var world = await World.StartSettledAsync();
        var old = (await RunsAsync(world)).Count;
        world.Pass(ADay * 30);
        await world.ForceAsync();
        var all = (await RunsAsync(world)).Count;

        await Cleaner(world, days: 30).CleanIfDueAsync(Token);

        Assert.Equal(all - old, (await RunsAsync(world)).Count);
    }

    [Fact]
    public async Task Once_a_day_is_enough_also_across_a_restart()
    {
        await using var world = await World.StartSettledAsync();
        world.Pass(ADay * 30);
        await Cleaner(world, days: 7).CleanIfDueAsync(Token);
        await world.ForceAsync();
        var (young, cleared) = ((await RunsAsync(world)).Count, world.Store.ReadRunHistoryCleanup());
        Assert.NotEqual(0, young);

        world.Restart();
        world.Pass(ADay - TimeSpan.FromSeconds(1));
        await Cleaner(world, days: 1).CleanIfDueAsync(Token);
        Assert.Equal((young, cleared), ((await RunsAsync(world)).Count, world.Store.ReadRunHistoryCleanup()));

        world.Pass(TimeSpan.FromSeconds(1));
        await Cleaner(world, days: 1).CleanIfDueAsync(Token);
        Assert.Empty(await RunsAsync(world));
    }

    [Theory]
    [InlineData(CimFailure.Unreachable)]
    [InlineData(CimFailure.AccessDenied)]
    public async Task A_server_that_cannot_be_asked_is_a_line_in_the_log_and_asked_again_tomorrow(CimFailure failure)
    {
        await using var world = await World.StartSettledAsync();
        world.Pass(ADay * 30);
        world.Mim.Script.RefuseCalls(failure);
        await Cleaner(world, days: 7).CleanIfDueAsync(Token);
        world.Mim.Script.AnswerCalls();
        await Cleaner(world, days: 7).CleanIfDueAsync(Token);
        Assert.NotEmpty(await RunsAsync(world));

        world.Pass(ADay);
        await Cleaner(world, days: 7).CleanIfDueAsync(Token);
        Assert.Empty(await RunsAsync(world));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_does_not_put_it_off_for_ever()
    {
        await using var world = await World.StartSettledAsync();
        world.Store.RecordRunHistoryCleanup(world.Clock.GetUtcNow() + (ADay * 300));
        world.Pass(ADay * 30);

        await Cleaner(world, days: 7).CleanIfDueAsync(Token);

        Assert.Empty(await RunsAsync(world));
    }

    [Fact]
    public async Task A_long_clean_up_is_waited_for_as_long_as_somebody_elses_run_and_not_for_ever()
    {
        await using var world = await World.StartSettledAsync();
        var clearing = Cleaner(world, days: 7, new EndlessClearing(world.Mim)).CleanIfDueAsync(Token);

        world.Pass(world.ServerSettings.ForeignRunDeadline - TimeSpan.FromSeconds(1));
        Assert.False(clearing.IsCompleted); // the loop that waits for it starts no cycle

        world.Pass(TimeSpan.FromSeconds(1));
        await clearing.WaitAsync(Token);
    }

    [Fact]
    public async Task The_loop_cleans_up_when_it_is_idle()
    {
        await using var world = await World.StartSettledAsync();

        Assert.True(await CleansUpAsync(world));
    }

    [Fact]
    public async Task The_loop_does_not_clean_up_while_changes_wait_for_a_cycle()
    {
        await using var world = await World.StartSettledAsync();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();
        Assert.Equal(WaitCause.Settling, Assert.IsType<Decision.Wait>(world.Decide()).Cause);

        Assert.False(await CleansUpAsync(world));
    }

    [Fact]
    public async Task The_loop_does_not_clean_up_while_it_backs_off()
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.RefuseCalls(CimFailure.Unreachable);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();

        Assert.False(await CleansUpAsync(world));
    }

    /// <summary>Whether the loop, started now, would clean up before it falls asleep, which under a standing clock it does at once.</summary>
    private static async Task<bool> CleansUpAsync(World world)
    {
        var cleansUp = false;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var loop = world.Loop.RunAsync(
            _ =>
            {
                cleansUp = true;
                return Task.CompletedTask;
            },
            stop.Token);
        await stop.CancelAsync();
        await loop;
        return cleansUp;
    }

    private static Task<IReadOnlyList<CimRow>> RunsAsync(World world) => world.Mim.QueryAsync("SELECT * FROM MIIS_RunHistory", Token);

    private static RunHistoryCleaner Cleaner(World world, int? days, ICimConnection? door = null)
    {
        var settings = new SyncServerSettings { KeepRunsDays = days };
        var server = new SyncServer(door ?? world.Mim, settings, world.Clock);
        return new RunHistoryCleaner(world.Store, server, settings, world.Clock, NullLogger<RunHistoryCleaner>.Instance);
    }

    /// <summary>The door to a sync server that never gets through with its history.</summary>
    private sealed class EndlessClearing(ICimConnection connection) : ICimConnection
    {
        public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken) => connection.QueryAsync(wql, cancellationToken);

        public Task<string> InvokeAsync(CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken) =>
            method == "ClearRuns" ? new TaskCompletionSource<string>().Task.WaitAsync(cancellationToken) : connection.InvokeAsync(target, method, arguments, cancellationToken);

        public void Dispose()
        {
            // the world disposes the server
        }
    }
}
