using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Reads the whole tenant: the first time, and when the cursor is dead. By delta or by list, whichever pays; the guests known before
/// serve until the new set is complete (README.md#reading-the-whole-tenant).
/// </summary>
internal sealed class BaselineReader(
    GraphConnection graph, GuestStore store, DeadTokenRule deadTokens, TimeProvider time, ILogger logger, IProgress<Baseline>? progress)
{
    /// <summary>
    /// A link must not be near its end when the baseline is complete; documented are seven days (README.md#dead-tokens). And whatever keeps
    /// a baseline from its end for so long belongs to its links.
    /// </summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromDays(3);

    private readonly DeltaBaselineReader byDelta = new(graph, store, deadTokens, time, logger, progress);
    private readonly ListBaselineReader byList = new(graph, store, deadTokens, time, logger, progress);

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

        if (pending is not { Kind: BaselineKind.List }) return await byDelta.RunAsync(pending, cancellationToken);
        return await byList.RunAsync(pending, cancellationToken) ?? await byDelta.RunAsync(null, cancellationToken);
    }

    /// <summary>A baseline that was not believed is repeated after its pause, also by an agent that was restarted.</summary>
    private PollFailure? FindDoubt() =>
        store.ReadDoubtedBaseline() is { } held && held.RetryAt - time.GetUtcNow() is var left && left > TimeSpan.Zero && left <= held.Pause
            ? BaselineEnd.Doubt(held, left)
            : null;

    /// <summary>The baseline in progress, unless it was made under other settings, leads elsewhere or has become too old.</summary>
    private Baseline? FindUsable()
    {
        if (store.ReadBaseline() is not { } found) return null;
        if (found.Fingerprint == graph.Fingerprint && IsUsable(found)) return found;
        store.AbandonBaseline();
        return null;
    }

    private bool IsUsable(Baseline found) => time.GetUtcNow() - found.StartedAt < LongestReading && found.Kind switch
    {
        BaselineKind.Delta => graph.Links.Refusal(found.NextLink) is null,
        BaselineKind.List => ListBaselineReader.IsUsable(found, graph.Links),
        _ => false,
    };

    /// <summary>The beginning of a list, or nothing where all users are read by delta, or what kept this from being found out.</summary>
    private async Task<(Baseline? Begun, PollFailure? Failure)> BeginByListAsync(CancellationToken cancellationToken)
    {
        switch (graph.Settings.Baseline)
        {
            case BaselineChoice.Delta: return (null, null);
            case BaselineChoice.List: return await byList.BeginAsync(cancellationToken);
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
