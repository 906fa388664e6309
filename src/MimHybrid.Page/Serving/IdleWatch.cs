namespace MimHybrid.Page.Serving;

/// <summary>Ends a page that nobody has asked for anything for long: a forgotten one would stay open for years.</summary>
internal sealed class IdleWatch : IDisposable
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer timer;

    public IdleWatch(TimeProvider time) => timer = time.CreateTimer(_ => idle.TrySetResult(), null, Longest, Timeout.InfiniteTimeSpan);

    /// <summary>Ends when so long nobody has asked.</summary>
    public Task Idle => idle.Task;

    public void Touch() => timer.Change(Longest, Timeout.InfiniteTimeSpan);

    public void Dispose() => timer.Dispose();
}
