using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store;

/// <summary>
/// What cycles do: steps, decisions, arrivals, exports to confirm, approvals that have had their step. The only one that marks changes as
/// carried and that trims; only the loop that starts cycles, and what it runs, has it.
/// </summary>
public sealed class CycleStore
{
    private readonly StoreFile file;

    internal CycleStore(StoreFile file) => this.file = file;

    /// <summary>
    /// Opens a cycle and returns its number. The forced requests it serves are tied to it, those for the same sequence together.
    /// </summary>
    public long BeginCycle(CycleStart start, DateTimeOffset now) => file.Write(connection => CycleSql.Begin(connection, start, now));

    /// <summary>
    /// The step begins. Before a cycle's first import this also settles which changes the cycle carries: those committed by now.
    /// </summary>
    public void BeginStep(long cycle, PlannedStep step, bool firstImport, DateTimeOffset now) => file.Write(connection =>
    {
        if (firstImport) CycleSql.SettleCauses(connection, cycle);
        StepSql.Begin(connection, cycle, step, now);
    });

    /// <summary>The step has ended, with all that follows from it.</summary>
    public void EndStep(long cycle, StepEnd end) => file.Write(connection =>
    {
        var step = end.Step;
        StepSql.End(connection, cycle, end.Record);
        if (end.Seen is { } seen) ArrivalSql.RecordSeen(connection, cycle, seen);
        if (end.ExportedDeletes is { } deletes) StepSql.RecordExport(connection, step.ManagementAgent, deletes);
        if (end.Refusals is { } refusals)
            RefusalSql.Record(connection, cycle, step.ManagementAgent, refusals, end.Record.EndedAt.GetValueOrDefault());
        if (end.EndedWell && step.Kind != StepKind.Import) ApprovalSql.Spend(connection, cycle, step);
        if (end.EndedWell && step.Kind == StepKind.Import) StepSql.ConfirmExport(connection, step.ManagementAgent);
        if (end.EndedWell && step.Kind == StepKind.Synchronization) StepSql.ForgetExport(connection, step.ManagementAgent);
        foreach (var decision in end.Decisions) CycleSql.NoteDecision(connection, cycle, decision);
    });

    /// <summary>The step does not run, or was begun and never reached MIM.</summary>
    public void SkipStep(long cycle, PlannedStep step, string because) =>
        file.Write(connection => StepSql.Skip(connection, cycle, step, because));

    /// <summary>
    /// The step does not run, because it has nothing to do: a synchronization without anything staged has taken up what was confirmed, and
    /// where nothing waits for export, nothing is refused any more.
    /// </summary>
    public void PassStep(long cycle, PlannedStep step, string because) => file.Write(connection =>
    {
        StepSql.Skip(connection, cycle, step, because);
        if (step.Kind == StepKind.Synchronization) StepSql.ForgetExport(connection, step.ManagementAgent);
        if (step.Kind == StepKind.Export) RefusalSql.End(connection, step.ManagementAgent);
    });

    /// <summary>Closes a cycle; one that ended well has carried its causes, in the same transaction.</summary>
    public void EndCycle(long cycle, CycleEnd end, DateTimeOffset now) =>
        file.Write(connection => CycleSql.End(connection, cycle, end, now));

    /// <summary>What the agent decided during a cycle.</summary>
    public void NoteDecision(long cycle, CycleDecision decision) =>
        file.Write(connection => CycleSql.NoteDecision(connection, cycle, decision));

    /// <summary>What the planner decided when the cycle had ended.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="decision">What and why.</param>
    /// <param name="brief">The same below the failure that it is about; null where it is about none.</param>
    /// <param name="unnamed">The same without naming a person; null where it names nobody.</param>
    public void NoteNextDecision(long cycle, string decision, string? brief, string? unnamed) =>
        file.Write(connection => CycleSql.NoteNext(connection, cycle, decision, brief, unnamed));

    /// <summary>The planner's last word, for whoever asks from another process.</summary>
    public void RecordDecision(RecordedDecision decision) => file.Write(connection =>
    {
        connection.Run(
            "INSERT OR REPLACE INTO decision (id, action, at, reason, decided_at) VALUES (1, $action, $at, $reason, $decided)",
            ("$action", decision.Action), ("$at", decision.At), ("$reason", decision.Reason), ("$decided", decision.DecidedAt));
    });

    /// <summary>The loop that starts cycles gives a sign of life.</summary>
    public void Beat(DateTimeOffset now, DateTimeOffset next) =>
        file.Write(connection => HeartbeatSql.Record(connection, new Heartbeat(AgentLoop.Cycles, now, next)));

    /// <summary>Whether the sync server answers; what had failed while it did not is then tried at once.</summary>
    public void RecordServer(bool answers, DateTimeOffset now) => file.Write(connection =>
    {
        if (answers) OutageSql.End(connection, OutageOf.SyncServer, now);
        else OutageSql.Begin(connection, OutageOf.SyncServer, now);
    });

    /// <summary>
    /// What still says that it runs when the only agent starts, or goes on after a fault, was cut off. Returns those cycles.
    /// </summary>
    /// <param name="why">What cut one off, for people.</param>
    /// <param name="now">UTC.</param>
    public IReadOnlyList<CutOffCycle> AbandonRunningCycles(Func<CutOffCycle, string> why, DateTimeOffset now) => file.Write(connection =>
    {
        var running = CycleSql.ReadRunning(connection);
        foreach (var cycle in running) CycleSql.Abandon(connection, cycle, why(cycle), now);
        return running;
    });

    /// <summary>Steps of abandoned cycles that have neither an end nor a reason for having none, oldest first.</summary>
    public IReadOnlyList<CutOffStep> ReadCutOffSteps() => file.Read(CycleSql.ReadCutOffSteps);

    /// <summary>
    /// A synchronization of the guests' management agent begins. Until its counters are there, nobody knows what it brings.
    /// </summary>
    public void BeginArrival(long cycle) => file.Write(connection => ArrivalSql.Begin(connection, cycle));

    /// <param name="arrival">Expected and seen, compared.</param>
    /// <param name="sure">Of the expected, what no earlier synchronization can have brought.</param>
    public void RecordArrival(long cycle, ArrivalRecord arrival, GuestCounts sure) =>
        file.Write(connection => ArrivalSql.Record(connection, cycle, arrival, sure));

    /// <summary>The changes that a cycle carries, oldest first.</summary>
    public IReadOnlyList<ArrivalCause> ReadArrivalCauses(long cycle) => file.Read(connection => ArrivalSql.ReadCauses(connection, cycle));

    /// <inheritdoc cref="ArrivalSql.ReadEarlier"/>
    public EarlierArrivals ReadEarlierArrivals(long cycle, long afterCycle) =>
        file.Read(connection => ArrivalSql.ReadEarlier(connection, cycle, afterCycle));

    public long CountLiveGuests() => file.Read(GuestSql.CountLive);

    /// <summary>What the directory of a management agent refuses, as its last export said.</summary>
    public RefusedExports ReadRefused(string managementAgent) =>
        file.Read(connection => RefusalSql.Read(connection, managementAgent));

    /// <summary>Whether a step has an export to confirm, whichever cycle made it.</summary>
    public bool HasExportToConfirm(string managementAgent, StepKind kind) =>
        file.Read(connection => StepSql.HasExportToConfirm(connection, managementAgent, kind));

    /// <summary>Deletions exported there that a synchronization has not taken up again.</summary>
    public long CountUnconfirmedDeletes(string managementAgent) =>
        file.Read(connection => StepSql.CountUnconfirmedDeletes(connection, managementAgent));

    /// <inheritdoc cref="ApprovalSql.CountRemovals"/>
    public long CountRemovals(long cycle) => file.Read(connection => ApprovalSql.CountRemovals(connection, cycle));

    /// <summary>The removals that a cycle carries and that somebody approved.</summary>
    public long CountApprovedRemovals(long cycle) => file.Read(connection => ApprovalSql.CountApprovedRemovals(connection, cycle));

    /// <summary>
    /// As <see cref="CountApprovedRemovals(long)"/>, of those that have not had a step of this kind on that management agent.
    /// </summary>
    public long CountApprovedRemovals(long cycle, StepKind kind, string managementAgent) =>
        file.Read(connection => ApprovalSql.CountApprovedRemovals(connection, cycle, kind, managementAgent));

    /// <inheritdoc cref="ApprovalSql.CountApprovedDeletes"/>
    public long CountApprovedDeletes(long cycle, StepKind kind, string managementAgent) =>
        file.Read(connection => ApprovalSql.CountApprovedDeletes(connection, cycle, kind, managementAgent));

    /// <summary>
    /// The cycle passes the guard only because somebody said so: the run log of the cycle names that person. Returns the approval.
    /// </summary>
    public RemovalApproval UseApproval(long cycle) => file.Write(connection => ApprovalSql.Use(connection, cycle));

    /// <summary>Null before the first clean-up.</summary>
    public RunHistoryCleanup? ReadRunHistoryCleanup() => file.Read(CycleSql.ReadRunHistoryCleanup);

    public void RecordRunHistoryCleanup(RunHistoryCleanup cleanup) => file.Write(connection =>
    {
        connection.Run(
            "INSERT OR REPLACE INTO run_history_cleanup (id, asked_at, cleared_through, goes_on) VALUES (1, $begun, $through, $goesOn)",
            ("$begun", cleanup.BegunAt), ("$through", cleanup.ClearedThrough), ("$goesOn", cleanup.GoesOn));
    });

    /// <summary>
    /// Removes up to <paramref name="most"/> cycles that ended before a time, with their steps, the changes they carried and the requests
    /// they served. What still counts stays: the last good cycle of each sequence, from which the timers count, and everything after the
    /// last good cycle, where the removal guard may be holding. Returns how many it removed.
    /// </summary>
    public int TrimRunLog(DateTimeOffset endedBefore, int most) => file.Write(connection => CycleSql.Trim(connection, endedBefore, most));
}
