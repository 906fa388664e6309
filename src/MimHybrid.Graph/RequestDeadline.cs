namespace MimHybrid.Graph;

/// <summary>
/// How long one request is waited for: in all, and from one sign of life to the next, so that neither silence nor a body that drips for
/// ever can hold the agent.
/// </summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly CancellationTokenSource whole;
    private readonly CancellationTokenSource idle;
    private readonly CancellationTokenSource any;
    private readonly TimeSpan longestSilence;

    public RequestDeadline(GraphSettings settings, TimeProvider time, CancellationToken cancelled)
    {
        longestSilence = settings.IdleTimeout;
        whole = new CancellationTokenSource(settings.RequestTimeout, time);
        idle = new CancellationTokenSource(longestSilence, time);
        any = CancellationTokenSource.CreateLinkedTokenSource(cancelled, whole.Token, idle.Token);
    }

    public CancellationToken Token => any.Token;

    /// <summary>The setting whose time was up; null while there is deadline left.</summary>
    public string? Exhausted =>
        idle.IsCancellationRequested ? nameof(GraphSettings.IdleTimeout)
        : whole.IsCancellationRequested ? nameof(GraphSettings.RequestTimeout)
        : null;

    /// <summary>Something arrived: silence is counted from here.</summary>
    public void Heard() => idle.CancelAfter(longestSilence);

    public void Dispose()
    {
        any.Dispose();
        idle.Dispose();
        whole.Dispose();
    }
}
