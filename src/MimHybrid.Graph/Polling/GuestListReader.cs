using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>Reads the list of guests into the store, page by page, so that it goes on after a crash.</summary>
internal sealed partial class GuestListReader(
    GraphConnection graph, GuestStore store, DeadTokenRule deadTokens, TimeProvider time, ILogger logger, IProgress<Baseline>? progress)
{
    /// <summary>The last page, which the caller commits, and where it was read.</summary>
    internal readonly record struct LastPage(BaselinePage Page, string Link);

    /// <summary>The first page's address is ours; any other came from Graph.</summary>
    public static bool IsUsable(Baseline found, DeltaLinks links) =>
        found.NextLink == links.GuestList || links.ListRefusal(found.NextLink) is null;

    /// <summary>The list's first page was refused for good: it has no token that could be to blame.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>The last page, or what kept the list from its end. A page token that died restarts the list once.</summary>
    public async Task<(LastPage? Last, PollFailure? Failure)> ReadAsync(Baseline pending, CancellationToken cancellationToken)
    {
        IsRefused = false;
        if (pending.Pages > 0) Log.Resumed(logger, pending.Pages, pending.Guests);
        var (last, failure, diedOf) = await ReadToEndAsync(pending, cancellationToken);
        if (diedOf is null) return (last, failure);

        Log.StartsOver(logger, diedOf);
        (last, failure, diedOf) = await ReadToEndAsync(Restart(), cancellationToken);
        if (diedOf is null) return (last, failure);

        Restart();
        return (null, PollFailure.Passing(
            PollFailureClass.ServerError,
            "Graph gave up the list of guests twice before its end.",
            meanwhile: "The agent begins it again later."));
    }

    private Baseline Restart() => store.RestartGuestList(graph.Links.GuestList);

    /// <summary>As <see cref="ReadAsync"/>; or the answer that the token of a page died of.</summary>
    private async Task<(LastPage? Last, PollFailure? Failure, string? DiedOf)> ReadToEndAsync(
        Baseline pending, CancellationToken cancellationToken)
    {
        var trail = new LinkTrail();
        var pages = new BaselinePages(graph, store, deadTokens, time, logger);
        for (var link = pending.NextLink; ;)
        {
            if (trail.Refusal(link) is { } endless)
            {
                Restart();
                return (null, ChangeRound.Endless(endless).Failure, null);
            }

            var reply = await graph.GetListPageAsync(link, cancellationToken);
            if (reply is GraphReply<ListPage>.Refusal { Error: var error }) return Judge(link, error);

            var page = ((GraphReply<ListPage>.Answer)reply).Value;
            var (kept, failure) = await pages.MakeAsync(page.Entries, cancellationToken);
            if (failure is not null) return (null, failure, null);
            if (page.NextLink is null) return (new LastPage(kept!, link), null, null);

            var state = store.CommitBaselinePage(kept!, page.NextLink);
            progress?.Report(state);
            link = page.NextLink;
        }
    }

    private (LastPage? Last, PollFailure? Failure, string? DiedOf) Judge(string link, GraphError error)
    {
        var hasToken = DeltaLinks.CarriesToken(link);
        IsRefused = !hasToken && deadTokens.IsGivenUp(error, LinkHolder.Baseline);
        return hasToken && deadTokens.IsDead(error, LinkHolder.Baseline) ? (null, null, error.Answer) : (null, error.Failure, null);
    }

    private static partial class Log
    {
        [LoggerMessage(2053, LogLevel.Information, "The list of guests is read on after {Pages} pages, {Guests} guests.")]
        public static partial void Resumed(ILogger logger, int pages, long guests);

        [LoggerMessage(2054, LogLevel.Warning, "Graph gave up the list of guests before its end ({Answer}). The list starts over.")]
        public static partial void StartsOver(ILogger logger, string answer);
    }
}
