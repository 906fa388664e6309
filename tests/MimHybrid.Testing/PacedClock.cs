using Microsoft.Extensions.Time.Testing;

namespace MimHybrid.Testing;

/// <summary>
/// A clock that goes on when, and only when, everybody under way waits for it. So minutes of waiting pass at once, and however slow the
/// machine is, no request on the wire ever meets its time limit by it.
/// </summary>
public sealed class PacedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>What is longer is a time limit, which nobody waits out. The shortest in use is a request's to Graph, 100 seconds.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly HashSet<Pause> pauses = [];
    private readonly HashSet<Task> underWay = [];
    private readonly SemaphoreSlim news = new(0);

    /// <summary>From now until it has ended the clock waits for this as well.</summary>
    public void Heed(Task task)
    {
        lock (gate) underWay.Add(task);
        _ = task.ContinueWith(Leave, TaskScheduler.Default);
    }

    /// <summary>Lets time pass until the task has ended, and returns what came of it.</summary>
    /// <param name="until">What is under way, beside all that was to be heeded.</param>
    /// <param name="meanwhile">What happens while everybody waits, before time goes on.</param>
    public async Task<T> PaceAsync<T>(Task<T> until, Func<Task> meanwhile, CancellationToken cancellationToken)
    {
        Heed(until);
        while (!until.IsCompleted)
        {
            if (FindNextMove() is not { } due)
            {
                if (!await news.WaitAsync(Deadline.Longest, cancellationToken)) throw new TimeoutException(Describe(until));
                continue;
            }

            await meanwhile();
            if (FindNextMove() == due) SetUtcNow(due); // unless what happened ended somebody's wait
        }

        return await until;
    }

    public Task<T> PaceAsync<T>(Task<T> until, CancellationToken cancellationToken) =>
        PaceAsync(until, () => Task.CompletedTask, cancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // What comes again and again, such as a sign of life, is beside the work: nobody waits for it.
        if (dueTime <= TimeSpan.Zero || dueTime > LongestPause || period != Timeout.InfiniteTimeSpan) return base.CreateTimer(callback, state, dueTime, period);

        // Counted once it can be woken: a clock that went on in between would wait for ever for a time that had passed.
        var pause = new Pause(this);
        pause.Timer = base.CreateTimer(
            _ =>
            {
                Forget(pause);
                callback(state);
            },
            null, dueTime, period);
        lock (gate) if (!pause.HasEnded)
        {
            pause.Due = GetUtcNow() + dueTime;
            pauses.Add(pause);
        }

        news.Release();
        return pause;
    }

    /// <summary>When the first of all that wait goes on; null while somebody does not wait. Each waits for one thing at a time.</summary>
    private DateTimeOffset? FindNextMove()
    {
        lock (gate) return pauses.Count > 0 && pauses.Count >= underWay.Count ? pauses.Min(pause => pause.Due) : null;
    }

    private string Describe(Task until)
    {
        lock (gate)
            return $"At {GetUtcNow():u} the clock waited in vain: {underWay.Count} are under way ({until.Status}), "
                + $"and {pauses.Count} of them wait for a time ({string.Join(", ", pauses.Select(pause => $"{pause.Due:u}"))}).";
    }

    private void Leave(Task ended)
    {
        lock (gate) underWay.Remove(ended);
        news.Release();
    }

    private void Forget(Pause pause)
    {
        lock (gate)
        {
            pause.HasEnded = true;
            pauses.Remove(pause);
        }
    }

    private sealed class Pause(PacedClock clock) : ITimer
    {
        /// <summary>When it ends, or a little later where the clock went on meanwhile.</summary>
        public DateTimeOffset Due { get; set; }

        public bool HasEnded { get; set; }

        public ITimer? Timer { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Timer!.Change(dueTime, period);

        public void Dispose()
        {
            clock.Forget(this);
            Timer!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            clock.Forget(this);
            return Timer!.DisposeAsync();
        }
    }
}
