namespace MimHybrid.Testing;

/// <summary>
/// What keeps one process of the agent alive. It counts the moments in which a process can die, which are all in which it meets the world
/// (a call to MIM, a request to Graph, a look at the clock, a commit), and dies in the one it was given. Nothing it does afterwards has
/// any effect.
/// </summary>
/// <param name="moments">How many moments it has.</param>
/// <param name="writes">How many commits it has; dies before the last of them, if its moments last so long.</param>
public sealed class Plug(int moments, int writes = int.MaxValue) : IDisposable
{
    private readonly CancellationTokenSource dying = new();
    private readonly Lock gate = new();
    private int left = moments;
    private int writesLeft = writes;

    /// <summary>Cancelled when the process dies: a process that is gone waits for no answer.</summary>
    public CancellationToken Dying => dying.Token;

    public bool IsPulled
    {
        get
        {
            lock (gate) return left <= 0;
        }
    }

    /// <summary>What this process had started in MIM when it died. MIM goes on with it.</summary>
    public Task LeftBehind { get; private set; } = Task.CompletedTask;

    /// <summary>Nobody knew until now: so many moments are left.</summary>
    public void PullAfter(int moments)
    {
        lock (gate) left = moments;
    }

    /// <summary>A moment passes. True: the process does not outlive it.</summary>
    public bool Dies()
    {
        lock (gate)
        {
            if (left > 0) left--;
            if (left > 0) return false;
        }

        _ = dying.CancelAsync();
        return true;
    }

    /// <exception cref="PowerCutException">The process does not outlive this moment.</exception>
    public void Tick()
    {
        if (Dies()) throw new PowerCutException();
    }

    /// <summary>As <see cref="Tick"/>, before a commit.</summary>
    public void TickBeforeWrite()
    {
        lock (gate)
        {
            if (--writesLeft == 0) left = 0;
        }

        Tick();
    }

    /// <summary>As <see cref="Tick"/>; if the process dies, this goes on without it.</summary>
    public void TickWhile(Task running)
    {
        if (!Dies()) return;
        LeftBehind = running;
        throw new PowerCutException();
    }

    public void Dispose() => dying.Dispose();
}
