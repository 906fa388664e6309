using MimHybrid.Cycles.Planning;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Store.Rows;

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

        await CleanAsync(world, days);

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

        await CleanAsync(world, days: 30);

        Assert.Equal(all - old, (await RunsAsync(world)).Count);
    }

    [Fact]
    public async Task Once_a_day_is_enough_also_across_a_restart()
    {
        await using var world = await World.StartSettledAsync();
        world.Pass(ADay * 30);
        await CleanAsync(world, days: 7);
        await world.ForceAsync();
        var (young, cleared) = ((await RunsAsync(world)).Count, world.Store.Cycles.ReadRunHistoryCleanup());
        Assert.NotEqual(0, young);

        world.Restart();
        world.Pass(ADay - TimeSpan.FromSeconds(1));
        await CleanAsync(world, days: 1);
        Assert.Equal((young, cleared), ((await RunsAsync(world)).Count, world.Store.Cycles.ReadRunHistoryCleanup()));

        world.Pass(TimeSpan.FromSeconds(1));
        await CleanAsync(world, days: 1);
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
        await CleanAsync(world, days: 7);
        world.Mim.Script.AnswerCalls();
        await CleanAsync(world, days: 7);
        Assert.NotEmpty(await RunsAsync(world));

        world.Pass(ADay);
        await CleanAsync(world, days: 7);
        Assert.Empty(await RunsAsync(world));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_does_not_put_it_off_for_ever()
    {
        await using var world = await World.StartSettledAsync();
        world.Store.Cycles.RecordRunHistoryCleanup(new RunHistoryCleanup(world.Clock.GetUtcNow() + (ADay * 300), world.Clock.GetUtcNow() + (ADay * 293), GoesOn: false));
        world.Pass(ADay * 30);

        await CleanAsync(world, days: 7);

        Assert.Empty(await RunsAsync(world));
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
                return Task.FromResult(false);
            },
            stop.Token);
        await stop.CancelAsync();
        await loop;
        return cleansUp;
    }

    private static Task<IReadOnlyList<CimRow>> RunsAsync(World world) => world.Mim.QueryAsync("SELECT * FROM MIIS_RunHistory", Token);

    private static async Task CleanAsync(World world, int? days)
    {
        var cleaner = RunHistoryPiecesTests.Cleaner(world, new SyncServerSettings { KeepRunsDays = days }, world.Mim);
        while (await cleaner.CleanIfDueAsync(Token))
        {
            // piece by piece
        }
    }
}
