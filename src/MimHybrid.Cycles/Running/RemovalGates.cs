using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// The removal guard's three looks: before the first import at what Graph said, before a synchronization at what imports staged, before an
/// export at what MIM would write (src/README.md#statement-6). Null lets the cycle pass.
/// </summary>
/// <remarks>
/// Graph names every removal, so those are approved one by one. Of deletions that MIM holds WMI tells the number alone: an approval
/// lets as many pass as were shown, on the management agent on which they were shown, and in one cycle.
/// </remarks>
internal sealed class RemovalGates(CycleStore cycles, SyncServerQueries queries, AgentSettings settings)
{
    private const string HowToApprove = "Look at them and approve them with: mimhybrid approve removals";

    private readonly RemovalGuard guard = new(settings.RemovalGuard);

    /// <summary>
    /// The planner has looked before the cycle; this is for what came in since. Exact, because Graph named every removal.
    /// </summary>
    public CycleEnd? LookBeforeFirstImport(CycleInProgress cycle)
    {
        var (removals, guests) = (cycles.CountRemovals(cycle.Id), cycles.CountLiveGuests());
        if (guard.Allows(removals, guests)) return null;

        var others = removals - cycles.CountApprovedRemovals(cycle.Id);
        return guard.Allows(others, guests)
            ? PassApproved(cycle, $"{removals} removals of guests")
            : Stop(
                $"the removal guard held cycle {cycle.Id} before its first import",
                $", because {others} guests were removed in the tenant while it began",
                needsPerson: false);
    }

    /// <exception cref="Mim.Cim.CimConnectionException">The sync server could not be asked.</exception>
    public async Task<CycleEnd?> LookBeforeAsync(CycleInProgress cycle, Step step, CancellationToken stopping) => step.Kind switch
    {
        StepKind.Synchronization => await LookAtStagedAsync(cycle, step, stopping),
        StepKind.Export => await LookAtExportsAsync(cycle, step, stopping),
        _ => null,
    };

    /// <summary>What a synchronization would carry. MIM's filter works only there, so that members count too.</summary>
    private async Task<CycleEnd?> LookAtStagedAsync(CycleInProgress cycle, Step step, CancellationToken stopping)
    {
        // What is pending, and not what this cycle's import staged: after a hold the next import stages nothing new.
        var managementAgent = step.ManagementAgent;
        var staged = (await queries.CountPendingAsync(cycle, managementAgent, stopping)).ImportDeletes;
        if (staged == 0) return null;

        var objects = await queries.CountObjectsAsync(cycle, managementAgent, stopping);
        if (guard.AllowsStaged(staged, objects)) return null;

        // What an export deleted in the directory comes back as deletions when it is confirmed.
        if (guard.AllowsStaged(Math.Max(0, staged - cycles.CountUnconfirmedDeletes(managementAgent)), objects)) return null;

        // Only the guests' own import brings the removals that Graph named.
        var approved = settings.IsGuestSource(managementAgent) ? cycles.CountApprovedRemovals(cycle.Id, step.Kind, managementAgent) : 0;
        if (staged <= cycles.CountApprovedDeletes(cycle.Id, step.Kind, managementAgent)
            || guard.AllowsStaged(Math.Max(0, staged - approved), objects))
            return PassApproved(cycle, $"{staged} deletions staged on {managementAgent}");

        return Held(step, guard.CompareStaged(staged, objects)) with { HeldStagedDeletes = staged };
    }

    /// <summary>Deletions that MIM would write to the directory, whatever they came from.</summary>
    private async Task<CycleEnd?> LookAtExportsAsync(CycleInProgress cycle, Step step, CancellationToken stopping)
    {
        var managementAgent = step.ManagementAgent;
        var deletes = (await queries.CountPendingAsync(cycle, managementAgent, stopping)).ExportDeletes;

        // A percentage of the guests that there were: those that the agent takes for live, and those whose removal this cycle carries.
        var guests = cycles.CountLiveGuests() + cycles.CountRemovals(cycle.Id);
        if (guard.Allows(deletes, Math.Max(0, guests - deletes))) return null;

        var approved = Math.Max(
            cycles.CountApprovedDeletes(cycle.Id, step.Kind, managementAgent),
            cycles.CountApprovedRemovals(cycle.Id, step.Kind, managementAgent));
        if (deletes <= approved) return PassApproved(cycle, $"{deletes} deletions waiting for export to {managementAgent}");

        return Held(step, guard.CompareExport(deletes, guests)) with { HeldDeletes = deletes };
    }

    private CycleEnd? PassApproved(CycleInProgress cycle, string what)
    {
        var approval = cycles.UseApproval(cycle.Id);
        string Say(string who) => $"{what} pass the removal guard: {who} approved {approval.Amounts}.";
        cycle.Decide(Say(approval.By), unnamed: Say("somebody"));
        return null;
    }

    private static CycleEnd Held(Step step, string why) =>
        Stop($"the removal guard holds {step}", $": {why}", needsPerson: true) with { HeldOn = step.ManagementAgent };

    /// <summary>The step, which is skipped for it, says all of it.</summary>
    private static CycleEnd Stop(string brief, string why, bool needsPerson) =>
        new(CycleOutcome.Stopped, $"{brief}{why}. {HowToApprove}", needsPerson) { Brief = brief, StoppedBy = StoppedBy.RemovalGuard };
}
