namespace MimHybrid.Flow.Tests;

/// <summary>The clock under all of these tests.</summary>
public sealed class PacedClockTests
{
    /// <summary>
    /// Another thread may move the clock while a wait is being registered: here each look at the time moves it. Seen once, in a month of
    /// operation that never ended.
    /// </summary>
    [Fact]
    public async Task A_clock_that_goes_on_while_somebody_begins_to_wait_still_ends_that_wait()
    {
        var clock = new PacedClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var moves = 0;
        await clock.PaceAsync(WaitAsync(clock), CountMoves, TestContext.Current.CancellationToken);

        Task CountMoves() => ++moves < 100 ? Task.CompletedTask : throw new InvalidOperationException("The clock stands still.");
    }

    private static async Task<bool> WaitAsync(PacedClock clock)
    {
        await Task.Delay(TimeSpan.FromSeconds(20), clock);
        return true;
    }
}
