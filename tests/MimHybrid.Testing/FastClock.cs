namespace MimHybrid.Testing;

/// <summary>
/// A clock that runs so many times faster than the machine's. A clock that a test moves by hand cannot know when real sockets and files
/// have had their time; here they keep it, and only what waits is quicker.
/// </summary>
public sealed class FastClock(int speed) : TimeProvider
{
    private readonly DateTimeOffset begun = TimeProvider.System.GetUtcNow();
    private readonly long start = TimeProvider.System.GetTimestamp();

    public override long TimestampFrequency => TimeProvider.System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => begun + GetElapsedTime(start);

    public override long GetTimestamp() => start + ((TimeProvider.System.GetTimestamp() - start) * speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(TimeProvider.System.CreateTimer(callback, state, Shorten(dueTime), Shorten(period)), this);

    private TimeSpan Shorten(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan ? wait : wait / speed;

    private sealed class FastTimer(ITimer timer, FastClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Shorten(dueTime), clock.Shorten(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
