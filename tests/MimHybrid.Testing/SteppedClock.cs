using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace MimHybrid.Testing;

/// <summary>A clock that leaps from one wait to the next, for a single loop that waits with it: nothing is skipped.</summary>
public sealed class SteppedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Lets the loop run for so long.</summary>
    public async Task PlayAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        while (await waits.Reader.ReadAsync(cancellationToken) is var wait && wait <= length)
        {
            length -= wait;
            Advance(wait);
        }

        Advance(length);
    }
}
