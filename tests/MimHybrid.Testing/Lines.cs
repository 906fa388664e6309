namespace MimHybrid.Testing;

/// <summary>Collects what somebody says, from whatever thread, and lets a test wait for something that is yet to be said.</summary>
public sealed class Lines<T>
{
    private readonly Lock gate = new();
    private readonly List<T> lines = [];
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<T> All
    {
        get
        {
            lock (gate) return [.. lines];
        }
    }

    public void Add(T line)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            lines.Add(line);
            waiting = more;
            more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.SetResult();
    }

    /// <summary>Waits until what was said so far is as wanted.</summary>
    public async Task UntilAsync(Predicate<List<T>> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (wanted(lines)) return;
                next = more.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }
}
