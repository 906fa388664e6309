using Microsoft.Extensions.Logging;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// Asks the planner what happens next, and tells it where it is news: the store, for other processes; the log; whoever forced a run.
/// </summary>
/// <param name="look">Reads the planner's snapshot, as of now.</param>
public sealed partial class CycleDecider(
    Func<AgentSnapshot> look, CyclePlanner planner, CycleStore cycles, RequestStore requests, TimeProvider time,
    ILogger<CycleDecider> logger)
{
    private Decision? last;
    private DateTimeOffset beatAt = DateTimeOffset.MinValue;

    /// <summary>What it has been told that the agent holds for, since it was last idle.</summary>
    private readonly HashSet<string> heldFor = new(StringComparer.Ordinal);

    /// <summary>What happens next, as of now; written down for other processes where it is another answer than before.</summary>
    public Decision Decide()
    {
        var now = time.GetUtcNow();
        var (snapshot, decision) = Ask(now);
        if (snapshot.Forced is not null && AnswerTo(decision) is { } answer) requests.AnswerForcedRuns(null, answer);
        if (decision != last)
        {
            cycles.RecordDecision(decision.ToRecord(now));
            LogChange(decision);
            last = decision;
        }

        return decision;
    }

    /// <summary>
    /// A sign of life of the loop, once a minute however often it is called. A store that cannot be written has its own alarm, and a sign
    /// that is missing says the same: it never ends what it stands beside.
    /// </summary>
    public void Beat()
    {
        try
        {
            var now = time.GetUtcNow();
            if (!IsBeatDue(now)) return;
            beatAt = now;
            cycles.Beat(now, now + Heartbeat.Interval);
        }
        catch (Exception e)
        {
            Log.NoBeat(logger, e.Message);
        }
    }

    /// <summary>Also after a clock was set back: the next sign must not be as late.</summary>
    public bool IsBeatDue(DateTimeOffset now) => now - beatAt >= Heartbeat.Interval || now < beatAt;

    /// <summary>What happens next, noted beside the cycle that has just ended.</summary>
    public void DecideAfter(long cycle)
    {
        var next = Decide();
        cycles.NoteNextDecision(cycle, next.Reason, next.Below is { } below && below.Cycle == cycle ? below.Reason : null, next.Unnamed);
    }

    /// <summary>A request that cannot be served is answered, and then it is as if it had not been made.</summary>
    private (AgentSnapshot Snapshot, Decision Decision) Ask(DateTimeOffset now)
    {
        while (true)
        {
            var snapshot = look();
            var decision = planner.Decide(snapshot, now);
            if (decision is not Decision.Refuse refuse) return (snapshot, decision);

            requests.AnswerForcedRuns(refuse.Request.Id, new ForcedAnswer(ForcedAnswerKind.Refused, refuse.Reason));
            Log.Refused(logger, refuse.Request.RequestedBy, refuse.Reason);
        }
    }

    /// <summary>Null: the request is being served.</summary>
    private static ForcedAnswer? AnswerTo(Decision decision) => decision switch
    {
        Decision.Wait wait => new ForcedAnswer(ForcedAnswerKind.Waiting, wait.Reason, wait.Until),
        Decision.Hold hold => new ForcedAnswer(ForcedAnswerKind.Held, hold.Reason, hold.RetryAt),
        _ => null,
    };

    private void LogChange(Decision decision)
    {
        switch (decision)
        {
            case Decision.Hold hold when heldFor.Add(hold.Trouble):
                Log.Holding(logger, decision.Reason);
                break;
            case Decision.Hold:
                break; // told already; it was tried again, or guest changes were carried in between
            case Decision.Wait { Cause: not WaitCause.Idle }:
                Log.Waiting(logger, decision.Reason);
                break;
            case Decision.Wait:
                heldFor.Clear();
                Log.Idle(logger, decision.Reason);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1020, LogLevel.Information, "Idle: {Reason}")]
        public static partial void Idle(ILogger logger, string reason);

        [LoggerMessage(1021, LogLevel.Information, "Waiting: {Reason}")]
        public static partial void Waiting(ILogger logger, string reason);

        [LoggerMessage(1022, LogLevel.Error, "Holding: {Reason}")]
        public static partial void Holding(ILogger logger, string reason);

        [LoggerMessage(1027, LogLevel.Debug, "No sign of life could be written: {Reason}")]
        public static partial void NoBeat(ILogger logger, string reason);

        [LoggerMessage(1026, LogLevel.Warning, "{Account} forced a run that cannot be: {Reason}")]
        public static partial void Refused(ILogger logger, string account, string reason);
    }
}
