using Microsoft.Extensions.Logging;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Reads the whole tenant: the first time, and when the cursor is dead. By delta or by list, whichever pays; the guests known before
/// serve until the new set is complete (README.md#reading-the-whole-tenant).
/// </summary>
internal sealed class TenantBaseline(
    GraphConnection graph, GuestStore store, DeadTokenRule deadTokens, TimeProvider time, ILogger logger, IProgress<Enumeration>? progress)
{
    /// <summary>
    /// A link must not be near its end when the reading is complete; documented are seven days (README.md#dead-tokens). And whatever keeps
    /// a reading from its end for so long belongs to its links.
    /// </summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromDays(3);

    private readonly DeltaBaseline byDelta = new(graph, store, deadTokens, time, logger, progress);
    private readonly ListBaseline byList = new(graph, store, deadTokens, time, logger, progress);

    public async Task<PollResult> RunAsync(CancellationToken cancellationToken)
    {
        if (FindDoubt() is { } doubt) return new PollResult.Failed(doubt);
        var pending = FindUsable();
        if (pending is null)
        {
            var (begun, failure) = await BeginByListAsync(cancellationToken);
            if (failure is not null) return new PollResult.Failed(failure);
            pending = begun;
        }

        if (pending is not { Kind: EnumerationKind.List }) return await byDelta.RunAsync(pending, cancellationToken);
        return await byList.RunAsync(pending, cancellationToken) ?? await byDelta.RunAsync(null, cancellationToken);
    }

    /// <summary>A reading that was not believed is repeated after its pause, also by an agent that was restarted.</summary>
    private PollFailure? FindDoubt() =>
        store.ReadHeldReading() is { } held && held.RetryAt - time.GetUtcNow() is var left && left > TimeSpan.Zero && left <= held.Pause
            ? BaselineEnd.Doubt(held, left)
            : null;

    /// <summary>The baseline in progress, unless it was made under other settings, leads elsewhere or has become too old.</summary>
    private Enumeration? FindUsable()
    {
        if (store.ReadEnumeration() is not { } found) return null;
        if (found.Fingerprint == graph.Fingerprint && IsUsable(found)) return found;
        store.AbandonEnumeration();
        return null;
    }

    private bool IsUsable(Enumeration found) => time.GetUtcNow() - found.StartedAt < LongestReading && found.Kind switch
    {
        EnumerationKind.Delta => graph.Links.Refusal(found.NextLink) is null,
        EnumerationKind.List => ListBaseline.IsUsable(found, graph.Links),
        _ => false,
    };

    /// <summary>The beginning of a list, or nothing where all users are read by delta, or what kept this from being found out.</summary>
    private async Task<(Enumeration? Begun, PollFailure? Failure)> BeginByListAsync(CancellationToken cancellationToken)
    {
        switch (graph.Settings.Baseline)
        {
            case BaselineKind.Delta: return (null, null);
            case BaselineKind.List: return await byList.BeginAsync(cancellationToken);
        }

        return await graph.CountAsync(graph.Links.UserCount, cancellationToken) switch
        {
            GraphReply<long>.Answer { Value: var users } when users >= graph.Settings.ListBaselineFrom =>
                await byList.BeginAsync(cancellationToken),
            GraphReply<long>.Refusal { Error: var error } when !IsRefused(error) => (null, error.Failure),
            _ => (null, null),
        };
    }

    /// <summary>
    /// Graph does not offer it, or not in a form that can be used: the other way works always. Sign-in, load and transport would keep
    /// that from working too.
    /// </summary>
    public static bool IsRefused(GraphError error) =>
        error.Status is 200 or (>= 400 and < 500 and not (401 or 407 or 408 or 429));
}
