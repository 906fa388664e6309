using MimHybrid.Cycles.Upkeep;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Client;

namespace MimHybrid.Flow.Tests;

/// <summary>What years have left in MIM's run history is removed piece by piece, so that no cycle runs beside it and none waits long.</summary>
public sealed class RunHistoryPiecesTests
{
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly LogKeeper log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pieces_go_from_the_oldest_to_the_days_set_and_none_is_longer_than_a_week()
    {
        await using var world = await World.StartSettledAsync();
        using var door = new ClearingDoor(world.Mim);
        var cleaner = Cleaner(world, door);

        while (await cleaner.CleanIfDueAsync(Token)) Assert.True(world.Store.Cycles.ReadRunHistoryCleanup()!.GoesOn);

        Assert.Equal(world.Clock.GetUtcNow() - (ADay * 30), door.Pieces[^1]);
        Assert.InRange(door.Pieces[0], DateTimeOffset.MinValue, new DateTimeOffset(2011, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.All(door.Pieces.Zip(door.Pieces.Skip(1), (one, next) => next - one), piece => Assert.InRange(piece, TimeSpan.FromTicks(1), ADay * 7));
    }

    [Fact]
    public async Task On_an_ordinary_day_there_is_one_piece()
    {
        await using var world = await World.StartSettledAsync();
        using var door = new ClearingDoor(world.Mim);
        while (await Cleaner(world, door).CleanIfDueAsync(Token)) Assert.NotEmpty(door.Pieces);
        door.Pieces.Clear();
        world.Pass(ADay);

        Assert.False(await Cleaner(world, door).CleanIfDueAsync(Token));

        Assert.Equal(world.Clock.GetUtcNow() - (ADay * 30), Assert.Single(door.Pieces));
    }

    [Fact]
    public async Task Where_MIM_takes_long_over_a_piece_the_next_ones_are_shorter()
    {
        await using var world = await World.StartSettledAsync();
        using var door = new ClearingDoor(world.Mim) { WhenAsked = () => world.Pass(TimeSpan.FromSeconds(30)) };
        var cleaner = Cleaner(world, door);

        for (var piece = 1; piece <= 8; piece++) Assert.True(await cleaner.CleanIfDueAsync(Token));

        Assert.Equal([12, 6, 3, 1.5, 1, 1, 1], door.Pieces.Zip(door.Pieces.Skip(1), (one, next) => (next - one).TotalHours));
    }

    [Fact]
    public async Task A_guest_who_comes_in_between_has_a_cycle_before_the_next_piece()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Functions["GuestChanges"].SettleTime = TimeSpan.Zero);
        using var door = new ClearingDoor(world.Mim);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var cleaner = Cleaner(world, door);
        var carried = 0;
        world.Loop.CycleEnded += (_, _) => carried = door.Pieces.Count;

        await world.Loop.RunAsync(
            async cancellationToken =>
            {
                if (door.Pieces.Count == 3)
                {
                    world.People.Invite("Lena Brandt", "lena@fabrikam.example");
                    await world.PollAsync();
                }

                if (await cleaner.CleanIfDueAsync(cancellationToken)) return true;
                await stop.CancelAsync();
                return false;
            },
            stop.Token);

        Assert.Equal(4, carried);
        Assert.Equal(["Lena Brandt"], world.Accounts);
        Assert.Equal(world.Clock.GetUtcNow() - (ADay * 30), door.Pieces[^1]);
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_where_it_was()
    {
        await using var world = await World.StartSettledAsync();
        using var door = new ClearingDoor(world.Mim);
        await Cleaner(world, door).CleanIfDueAsync(Token);

        world.Restart();
        Assert.True(await Cleaner(world, door).CleanIfDueAsync(Token));

        Assert.Equal(ADay, door.Pieces[1] - door.Pieces[0]);
    }

    [Fact]
    public async Task A_piece_in_which_the_agent_died_is_not_met_again_before_tomorrow()
    {
        await using var world = await World.StartSettledAsync();
        using var door = new ClearingDoor(world.Mim) { WhenAsked = () => throw new InvalidOperationException("The plug was pulled.") };
        await Assert.ThrowsAsync<InvalidOperationException>(() => Cleaner(world, door).CleanIfDueAsync(Token));
        door.WhenAsked = () => { };

        world.Restart();
        Assert.False(await Cleaner(world, door).CleanIfDueAsync(Token));
        Assert.Single(door.Pieces);

        world.Pass(ADay);
        Assert.True(await Cleaner(world, door).CleanIfDueAsync(Token));
        Assert.Equal(door.Pieces[0], door.Pieces[1]);
    }

    [Fact]
    public async Task While_MIM_clears_no_cycle_starts_however_long_it_takes()
    {
        await using var world = await World.StartSettledAsync();
        using var door = new ClearingDoor(world.Mim) { IsStuck = true };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var cleaner = Cleaner(world, door);
        var (loop, before) = (world.Loop.RunAsync(cleaner.CleanIfDueAsync, stop.Token), world.RunLog.Count);
        world.Store.Requests.RequestForcedRun("Full", "ada", pastWindow: false, world.Clock.GetUtcNow());

        world.Pass(TimeSpan.FromMinutes(5));
        Assert.Single(log.Texts, line => line.StartsWith(
            "MIM has been clearing a piece of its run history for 00:05:00; no cycle starts before it ends", StringComparison.Ordinal));
        world.Pass(Longest - TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(before, world.RunLog.Count);

        door.GetThrough();
        while (world.RunLog.Count == before || world.RunLog[0].EndedAt is null) await Task.Yield();
        await stop.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task A_call_without_an_answer_is_given_up_after_the_longest_run_and_said_to_be()
    {
        await using var world = await World.StartSettledAsync();
        using var door = new ClearingDoor(world.Mim) { IsStuck = true };
        var clearing = Cleaner(world, door).CleanIfDueAsync(Token);

        world.Pass(Longest);

        Assert.False(await clearing.WaitAsync(Token));
        Assert.StartsWith("MIM has not answered for 12:00:00 (SyncServer:LongestRun)", log.Texts[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agent_that_is_stopped_gives_the_piece_a_moment_to_end(bool ends)
    {
        await using var world = await World.StartSettledAsync();
        using var door = new ClearingDoor(world.Mim) { IsStuck = true };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var clearing = Cleaner(world, door).CleanIfDueAsync(stop.Token);

        await stop.CancelAsync();
        world.Pass(world.ServerSettings.StopGrace - TimeSpan.FromSeconds(1));
        Assert.False(clearing.IsCompleted);
        if (ends) door.GetThrough();
        world.Pass(TimeSpan.FromSeconds(1));

        if (ends) Assert.True(await clearing);
        else await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clearing);
        Assert.Equal(ends, world.Store.Cycles.ReadRunHistoryCleanup()!.GoesOn);
    }

    internal static RunHistoryCleaner Cleaner(World world, SyncServerSettings settings, ICimConnection door, LogKeeper? log = null) =>
        new(
            world.Store.Cycles,
            new SyncServer(door, settings, world.Clock),
            settings,
            world.Clock,
            (log ?? new LogKeeper()).For<RunHistoryCleaner>());

    private RunHistoryCleaner Cleaner(World world, ClearingDoor door) =>
        Cleaner(world, new SyncServerSettings { KeepRunsDays = 30 }, door, log);
}
