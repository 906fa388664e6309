using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Raises an alert, once, when no round has succeeded for long: a delta link that nobody renews dies, after seven days by the documents
/// (README.md#dead-tokens, README.md#drift).
/// </summary>
internal sealed partial class SilenceAlarm(GraphConnection graph, GuestStore store, TimeProvider time, ILogger logger)
{
    private bool isRaised;

    /// <summary>The result; a failure says in addition since when nothing succeeded.</summary>
    public PollResult Check(PollResult result)
    {
        if (result is not PollResult.Failed { Failure: var failure })
        {
            isRaised = isRaised && result is PollResult.Waiting;
            return result;
        }

        if (LastSuccess() is not { } last || time.GetUtcNow() - last < graph.Settings.AlertAfter) return result;
        if (!isRaised) Log.Raised(logger, last, failure);
        isRaised = true;
        return new PollResult.Failed(failure with
        {
            What = $"No guest change could be read since {last:yyyy-MM-dd HH:mm} UTC. {failure.What}",
        });
    }

    /// <summary>
    /// Each good round renews the cursor. Without one, the record of the polls knows; failing since is the best of a tenant never read.
    /// </summary>
    private DateTimeOffset? LastSuccess() =>
        store.ReadCursor()?.ObtainedAt ?? (store.ReadPollHealth() is { } polls ? polls.SucceededAt ?? polls.FailingSince : null);

    private static partial class Log
    {
        [LoggerMessage(2065, LogLevel.Error,
            "No guest change could be read since {Last:u}. Soon Graph will not know any more where the agent stopped reading. {Failure}")]
        public static partial void Raised(ILogger logger, DateTimeOffset last, PollFailure failure);
    }
}
