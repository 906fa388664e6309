using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Requests;
using MimHybrid.Graph.SignIn;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Turns guest changes in the tenant into pending changes in the store. It starts nothing and asks nobody: what happens with a
/// pending change is the planner's affair.
/// </summary>
/// <remarks>One poll at a time.</remarks>
public sealed partial class GraphDeltaTrigger
{
    private readonly GraphConnection graph;
    private readonly GuestStore store;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ResyncGuard resyncs;
    private readonly ChangeRound round;
    private readonly CredentialWatch credential;
    private readonly BaselineReader baseline;
    private readonly DriftWatch drift;
    private readonly SilenceAlarm alarm;
    private PollFailure? standingFailure;

    public GraphDeltaTrigger(
        GraphConnection graph, GuestStore store, TimeProvider time, ILogger<GraphDeltaTrigger> logger,
        IProgress<Baseline>? progress = null)
    {
        (this.graph, this.store, this.time, this.logger) = (graph, store, time, logger);
        resyncs = new ResyncGuard(store, time);
        var deadTokens = new DeadTokenRule(store, time);
        round = new ChangeRound(graph, store, deadTokens, time, logger);
        credential = new CredentialWatch(store, time, logger);
        baseline = new BaselineReader(graph, store, deadTokens, time, logger, progress);
        drift = new DriftWatch(graph, store, deadTokens, time, logger);
        alarm = new SilenceAlarm(graph, store, time, logger);
    }

    /// <summary>
    /// Until when Graph asked to be left alone, also in answer to a question that did not spoil the poll, such as a count of guests.
    /// </summary>
    public DateTimeOffset QuietUntil => graph.QuietUntil;

    /// <summary>
    /// One delta round from the cursor, and now and then a comparison of the guests known with a list of them; where there is no usable
    /// cursor, a baseline from its beginning or from where it stopped.
    /// Waits are the caller's: see <see cref="PollFailure.RetryAfter"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<PollResult> PollAsync(CancellationToken cancellationToken)
    {
        using var span = new PollSpan(time);
        var result = await PollOnceAsync(cancellationToken);
        credential.Note(graph.Credential);
        NoteState((result as PollResult.Failed)?.Failure);
        return span.End(alarm.Check(result));
    }

    private async Task<PollResult> PollOnceAsync(CancellationToken cancellationToken)
    {
        if (store.ServeResync(time.GetUtcNow()) is { } whoAsked) Log.ResyncAsked(logger, whoAsked);
        if (FindUsableCursor() is { } cursor)
        {
            var (result, diedOf) = await round.RunAsync(cursor, cancellationToken);
            if (result is not null)
            {
                if (result is PollResult.Failed) return result;
                resyncs.NoteRound();
                return await drift.CheckAsync(result, cancellationToken);
            }

            if (resyncs.Wait is var wait && wait > TimeSpan.Zero) return new PollResult.Failed(Postponed(wait));
            Log.CursorDied(logger, diedOf);
            resyncs.Begin();
        }

        return await baseline.RunAsync(cancellationToken);
    }

    /// <summary>
    /// The cursor, unless it was made under other settings or leads elsewhere: then it is forgotten; the guests known serve on.
    /// </summary>
    private DeltaCursor? FindUsableCursor()
    {
        if (store.ReadCursor() is not { } found) return null;
        if (found.Fingerprint == graph.Fingerprint && graph.Links.Refusal(found.Link) is null) return found;
        Log.SettingsChanged(logger);
        store.ForgetCursor();
        return null;
    }

    private static PollFailure Postponed(TimeSpan wait) => PollFailure.Passing(
        PollFailureClass.ServerError,
        "Graph again does not know where the agent stopped reading, soon after the whole tenant was read.",
        meanwhile: "The next reading waits.") with
    {
        RetryAfter = wait,
    };

    /// <summary>A state is logged when it begins and when it ends, not each time it is met.</summary>
    private void NoteState(PollFailure? failure)
    {
        if (failure is null && standingFailure is not null) Log.Recovered(logger);
        if (failure is not null && IsNews(failure)) Log.Failed(logger, failure.NeedsPerson ? LogLevel.Error : LogLevel.Warning, failure);
        standingFailure = failure;
    }

    /// <summary>What mends itself may change its words at each try; what a person has to mend is worth saying in its new words.</summary>
    private bool IsNews(PollFailure failure) =>
        (failure.Class, failure.NeedsPerson) != (standingFailure?.Class, standingFailure?.NeedsPerson)
        || (failure.NeedsPerson && failure.Sentence != standingFailure?.Sentence);

    private static partial class Log
    {
        [LoggerMessage(EventId = 2000, Message = "No guest changes can be read: {Failure}")]
        public static partial void Failed(ILogger logger, LogLevel level, PollFailure failure);

        [LoggerMessage(2001, LogLevel.Information, "Guest changes can be read again.")]
        public static partial void Recovered(ILogger logger);

        [LoggerMessage(2002, LogLevel.Warning,
            "Graph does not let the agent go on where it stopped reading ({Answer}). The whole tenant is read again.")]
        public static partial void CursorDied(ILogger logger, string? answer);

        [LoggerMessage(2003, LogLevel.Warning, "Tenant, cloud, application or selection have changed. The whole tenant is read again.")]
        public static partial void SettingsChanged(ILogger logger);

        [LoggerMessage(2004, LogLevel.Warning, "{Who} asked for a new reading. The whole tenant is read again.")]
        public static partial void ResyncAsked(ILogger logger, string who);
    }
}
