namespace MimHybrid.Testing;

/// <summary>The clock of a process that can die when it looks at it.</summary>
public sealed class MortalTime(TimeProvider clock, Plug plug) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        plug.Tick();
        return clock.GetUtcNow();
    }

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
