namespace MimHybrid.Alerts.Channels;

/// <summary>One go at something on the network: with a deadline of its own, and what fails as a sentence.</summary>
/// <param name="Patience">How long it may take.</param>
/// <param name="TooSlow">What is said when it takes longer.</param>
/// <param name="Explain">What is said of a fault; null for what is none of the network's.</param>
internal sealed record Attempt(TimeSpan Patience, string TooSlow, Func<Exception, string?> Explain)
{
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<Delivery> MakeAsync(Func<CancellationToken, Task<Delivery>> work, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await work(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Delivery(TooSlow);
        }
        catch (Exception e) when (Explain(e) is { } error)
        {
            return new Delivery(error);
        }
    }
}
