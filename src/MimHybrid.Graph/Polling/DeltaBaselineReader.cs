using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Reads the whole tenant by a first delta round, which works in every tenant (README.md#reading-the-whole-tenant). It is stored page by
/// page, so that it goes on after a crash.
/// </summary>
internal sealed partial class DeltaBaselineReader(
    GraphConnection graph, GuestStore store, DeadTokenRule deadTokens, TimeProvider time, ILogger logger, IProgress<Baseline>? progress)
{
    private const int PagesPerLogLine = 100;
    private readonly BaselineEnd end = new(graph, store, logger);

    /// <param name="pending">Where it stopped; null begins it.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<PollResult> RunAsync(Baseline? pending, CancellationToken cancellationToken)
    {
        var (result, diedOf) = await ReadToEndAsync(pending, cancellationToken);
        if (result is not null) return result;

        Log.StartsOver(logger, diedOf);
        store.AbandonBaseline();
        (result, _) = await ReadToEndAsync(null, cancellationToken);
        if (result is not null) return result;

        store.AbandonBaseline();
        return Fail(PollFailure.Passing(
            PollFailureClass.ServerError,
            "Graph gave up the reading of the tenant twice before its end.",
            meanwhile: "The agent begins again later."));
    }

    /// <summary>The poll's result; null when the token of a page is dead, and the answer it died of.</summary>
    private async Task<(PollResult? Result, string? DiedOf)> ReadToEndAsync(Baseline? pending, CancellationToken cancellationToken)
    {
        var trail = new LinkTrail();
        var pages = new BaselinePages(graph, store, deadTokens, time, logger);
        for (var (link, answered) = (pending?.NextLink ?? graph.Links.First, false); ; answered = true)
        {
            if (trail.Refusal(link) is { } endless) return (GiveUp(endless), null);
            var reply = await graph.GetPageAsync(link, cancellationToken);
            if (reply is GraphReply<DeltaPage>.Refusal { Error: var error })
                return DeltaLinks.CarriesToken(link) && deadTokens.IsDead(error, LinkHolder.Baseline)
                    ? (null, error.Answer)
                    : (Fail(error.Failure), null);

            if (!answered) LogBeginning(pending);
            var page = ((GraphReply<DeltaPage>.Answer)reply).Value;
            var (kept, failure) = await pages.MakeAsync(page.Entries, cancellationToken);
            if (failure is not null) return (Fail(failure), null);
            if (page.IsLast) return (end.Complete(kept!, new DeltaCursor(page.Link, graph.Fingerprint, kept!.ReadAt)), null);

            ReportProgress(store.CommitBaselinePage(kept!, page.Link));
            link = page.Link;
        }
    }

    /// <summary>Going on at a page that leads in a circle would stay in it.</summary>
    private PollResult.Failed GiveUp(string endless)
    {
        store.AbandonBaseline();
        return Fail(ChangeRound.Endless(endless).Failure);
    }

    private void ReportProgress(Baseline state)
    {
        progress?.Report(state);
        if (state.Pages % PagesPerLogLine == 0) Log.Progress(logger, state.Pages, state.Users, state.Guests);
    }

    private void LogBeginning(Baseline? pending)
    {
        if (pending is null) Log.Started(logger);
        else Log.Resumed(logger, pending.Pages, pending.Users, pending.Guests);
    }

    private static PollResult.Failed Fail(PollFailure failure) => new(failure);

    private static partial class Log
    {
        [LoggerMessage(2020, LogLevel.Information, "The whole tenant is being read.")]
        public static partial void Started(ILogger logger);

        [LoggerMessage(2021, LogLevel.Information,
            "Reading the whole tenant goes on after {Pages} pages, {Users} users, {Guests} guests.")]
        public static partial void Resumed(ILogger logger, int pages, long users, long guests);

        [LoggerMessage(2022, LogLevel.Information, "Reading the whole tenant: {Pages} pages, {Users} users, {Guests} guests so far.")]
        public static partial void Progress(ILogger logger, int pages, long users, long guests);

        [LoggerMessage(2024, LogLevel.Warning, "Graph gave up the reading of the tenant before its end ({Answer}). It starts over.")]
        public static partial void StartsOver(ILogger logger, string? answer);
    }
}
