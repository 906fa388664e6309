using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>The end of every baseline: the new set takes over, unless so many guests are missing that it is read again first.</summary>
internal sealed partial class BaselineEnd(GraphConnection graph, GuestStore store, ILogger logger)
{
    public PollResult Complete(BaselinePage lastPage, DeltaCursor cursor)
    {
        var found = store.CompleteBaseline(lastPage, cursor, graph.Settings.Brake);
        if (found.Held is { } held)
        {
            Log.Held(logger, held.Vanished, held.Known, held.RetryAt);
            return new PollResult.Failed(Doubt(held, held.Pause));
        }

        GraphMeter.Count(found.Changes);
        Log.Finished(logger, found.Users, found.Guests, found.Changes.Count);
        if (found.NoLongerCounted > 0) Log.Left(logger, found.NoLongerCounted);
        return new PollResult.BaselineRead(found.Users, found.Guests, found.Changes.Count);
    }

    public static PollFailure Doubt(DoubtedBaseline held, TimeSpan wait) => PollFailure.Passing(
        PollFailureClass.Doubtful,
        $"{held.Vanished} of {held.Known} guests were missing when the tenant was read as a whole.",
        meanwhile: "That is not believed on one reading: nothing is removed, and the tenant is read again. "
            + "If they were deleted on purpose, nothing needs to be done.") with
    {
        RetryAfter = wait,
    };

    private static partial class Log
    {
        [LoggerMessage(2023, LogLevel.Information,
            "The whole tenant is read: {Users} users, {Guests} guests, {Changes} changes.")]
        public static partial void Finished(ILogger logger, long users, long guests, int changes);

        [LoggerMessage(2055, LogLevel.Information,
            "{Left} of these changes are guests who do not count any more by Graph:Guests. Nobody removed them in the tenant.")]
        public static partial void Left(ILogger logger, long left);

        [LoggerMessage(2050, LogLevel.Warning,
            "{Vanished} of {Known} guests were missing when the tenant was read as a "
                + "whole. That reading is not used; the next is due at {RetryAt:u}.")]
        public static partial void Held(ILogger logger, long vanished, long known, DateTimeOffset retryAt);
    }
}
