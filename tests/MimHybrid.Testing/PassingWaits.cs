using Microsoft.Extensions.Time.Testing;

namespace MimHybrid.Testing;

/// <summary>
/// The clock as the agent sees it: as soon as the agent waits, the waiting time has passed. So a cycle that waits ends by itself, and
/// the world's clock shows how long it took. What happens while the agent waits is up to the test.
/// </summary>
public sealed class PassingWaits(FakeTimeProvider clock) : ClockOver(clock)
{
    /// <summary>
    /// Longer ones are limits that guard something and are not meant to pass: the longest duration of a run, or the five minutes within
    /// which MIM has to answer a question.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(4);

    /// <summary>Happens during a wait, before its time has passed.</summary>
    public Func<TimeSpan, Task> During { get; set; } = _ => Task.CompletedTask;

    /// <summary>The next wait of this length passes too, although it is a limit: the test is about what is beyond it.</summary>
    public TimeSpan? PassesOnce { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == PassesOnce)
        {
            PassesOnce = null;
            _ = PassAsync(dueTime);
        }
        else if (dueTime > TimeSpan.Zero && dueTime <= LongestWait)
        {
            _ = PassAsync(dueTime);
        }

        return timer;
    }

    private async Task PassAsync(TimeSpan wait)
    {
        await Task.Yield();
        await During(wait);
        clock.Advance(wait);
    }
}
