using MimHybrid.Core.Cycles;
using MimHybrid.Core.Planning;
using MimHybrid.Core.RunLog;

namespace MimHybrid.Core.Store;

/// <content>Writing cycles and steps as they go, and what a cycle that ended well has carried.</content>
public sealed partial class AgentStore
{
    /// <summary>Opens a cycle and answers with its number. The forced requests it serves are tied to it, those for the same sequence together.</summary>
    public long BeginCycle(Decision.Run run, DateTimeOffset now) => Write(connection =>
    {
        var id = connection.Number(
            """
            INSERT INTO cycle (function, trigger, sequence, reason, forced_by, started_at, outcome)
            VALUES ($function, $trigger, $sequence, $reason, $by, $now, 'Running') RETURNING id
            """,
            ("$function", run.Function), ("$trigger", run.Trigger), ("$sequence", run.Sequence), ("$reason", run.Reason),
            ("$by", run.Request?.RequestedBy), ("$now", now));

        if (run.Request is { } request)
            connection.Run(
                """
                UPDATE forced_request SET cycle_id = $cycle
                WHERE cycle_id IS NULL AND withdrawn_at IS NULL AND (id = $request OR sequence IS $sequence)
                """,
                ("$cycle", id), ("$request", request.Id), ("$sequence", request.Sequence));
        return id;
    });

    /// <summary>
    /// The step begins. Before a cycle's first import this also settles which changes the cycle carries: those committed by now, since
    /// only they were there before the import looked (shared/DESIGN.md, "The store").
    /// </summary>
    public void BeginStep(long cycle, int position, Step step, bool firstImport, DateTimeOffset now) => Write(connection =>
    {
        if (firstImport)
            connection.Run(
                """
                UPDATE cycle SET through_change = (SELECT coalesce(max(seq), 0) FROM change),
                                 after_change = (SELECT coalesce(max(good.through_change), 0) FROM cycle AS good WHERE good.outcome IN ('Succeeded', 'SucceededWithFindings'))
                WHERE id = $cycle
                """,
                ("$cycle", cycle));
        connection.Run(
            "INSERT INTO step (cycle_id, position, management_agent, run_profile, started_at) VALUES ($cycle, $position, $agent, $profile, $now)",
            ("$cycle", cycle), ("$position", position), ("$agent", step.ManagementAgent), ("$profile", step.RunProfile), ("$now", now));
    });

    public void EndStep(long cycle, StepRecord step) => Write(connection =>
    {
        connection.Run(
            """
            UPDATE step SET started_at = $started, ended_at = $ended, result = $result, advice = $advice, run_number = $number,
                            counters = $counters, errors = $errors, error_count = $count
            WHERE cycle_id = $cycle AND position = $position
            """,
            ("$cycle", cycle), ("$position", step.Position), ("$started", step.StartedAt), ("$ended", step.EndedAt), ("$result", step.Result),
            ("$advice", step.Advice), ("$number", step.RunNumber), ("$counters", step.Counters), ("$errors", step.Errors), ("$count", step.ErrorCount));
    });

    /// <summary>The step does not run, or was begun and never reached MIM.</summary>
    public void SkipStep(long cycle, int position, Step step, string because) => Write(connection =>
    {
        connection.Run(
            "INSERT OR REPLACE INTO step (cycle_id, position, management_agent, run_profile, skipped_because) VALUES ($cycle, $position, $agent, $profile, $because)",
            ("$cycle", cycle), ("$position", position), ("$agent", step.ManagementAgent), ("$profile", step.RunProfile), ("$because", because));
    });

    /// <summary>Closes a cycle; one that ended well has carried its causes, in the same transaction.</summary>
    public void EndCycle(long cycle, CycleEnd end, DateTimeOffset now) => Write(connection =>
    {
        connection.Run(
            """
            UPDATE cycle SET ended_at = $now, outcome = $outcome, failure = $failure, needs_person = $person, stopped_by = $by,
                             held_on = $on, held_deletes = $held, held_staged = $staged
            WHERE id = $cycle
            """,
            ("$cycle", cycle), ("$now", now), ("$outcome", end.Outcome), ("$failure", end.Failure), ("$person", end.NeedsPerson),
            ("$by", end.StoppedBy), ("$on", end.HeldOn), ("$held", end.HeldDeletes), ("$staged", end.HeldStagedDeletes));
        if (end.Outcome is CycleOutcome.Succeeded or CycleOutcome.SucceededWithFindings)
            connection.Run(
                "UPDATE change SET carried_by = $cycle WHERE carried_by IS NULL AND seq <= (SELECT through_change FROM cycle WHERE id = $cycle)",
                ("$cycle", cycle));
    });

    public void NoteNextDecision(long cycle, string decision) => Write(connection =>
    {
        connection.Run("UPDATE cycle SET next_decision = $decision WHERE id = $cycle", ("$decision", decision), ("$cycle", cycle));
    });
}
