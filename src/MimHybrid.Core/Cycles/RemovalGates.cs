using MimHybrid.Core.Planning;
using MimHybrid.Core.RunLog;
using MimHybrid.Core.Settings;
using MimHybrid.Core.Store;
using MimHybrid.Mim;

namespace MimHybrid.Core.Cycles;

/// <summary>
/// The removal guard's three looks: before the first import at what Graph said, before a synchronization at what imports staged, before an
/// export at what MIM would write (shared/DESIGN.md, statement 6). Null lets the cycle pass.
/// </summary>
internal sealed class RemovalGates(AgentStore store, SyncServer server, RemovalGuardSettings settings)
{
    private const string HowToApprove = "Approve them with: mimhybrid approve removals";

    private readonly RemovalGuard guard = new(settings);

    /// <summary>The planner has looked before the cycle; this is for what came in since. Exact, because Graph named every removal.</summary>
    public CycleEnd? LookBeforeFirstImport(CycleInProgress cycle)
    {
        var (removals, guests) = (store.CountRemovals(cycle.Id), store.CountLiveGuests());
        if (guard.Allows(removals, guests)) return null;
        if (guard.Allows(removals - store.CountApprovedRemovals(cycle.Id), guests))
            return PassApproved(cycle, $"{removals} removals of guests");

        return new CycleEnd(CycleOutcome.Stopped, $"the removal guard held cycle {cycle.Id} before its first import: more removals had come in.");
    }

    /// <exception cref="Mim.Cim.CimConnectionException">The sync server could not be asked.</exception>
    public async Task<CycleEnd?> LookBeforeAsync(CycleInProgress cycle, Step step, CancellationToken cancellationToken) => step.Kind switch
    {
        StepKind.Synchronization => await LookAtStagedAsync(cycle, step, cancellationToken),
        StepKind.Export => await LookAtExportsAsync(cycle, step, cancellationToken),
        _ => null,
    };

    /// <summary>What a synchronization would carry. MIM's filter works only there, so that members count too.</summary>
    private async Task<CycleEnd?> LookAtStagedAsync(CycleInProgress cycle, Step step, CancellationToken cancellationToken)
    {
        // What is pending, and not what this cycle's import staged: after a hold the next import stages nothing new.
        // What this cycle exported has passed the guard already, and the confirming import only says that it is done.
        var staged = (await server.CountPendingAsync(step.ManagementAgent, cancellationToken)).ImportDeletes
            - cycle.Facts.ExportedDeletes(step.ManagementAgent);
        if (staged <= 0) return null;

        var objects = await server.CountObjectsAsync(step.ManagementAgent, cancellationToken);
        if (guard.AllowsStaged(staged, objects)) return null;

        var others = Math.Max(0, staged - store.CountApprovedRemovals(cycle.Id));
        if (staged <= store.CountApprovedStagedDeletes() || guard.AllowsStaged(others, objects))
            return PassApproved(cycle, $"{staged} deletions staged on {step.ManagementAgent}");

        var why = $"{staged} deletions are staged among {objects} objects, more than it allows ({guard.StagedLimit})";
        return Held(step, why) with { HeldStagedDeletes = staged };
    }

    /// <summary>Deletions that MIM would write to the directory, whatever they came from.</summary>
    private async Task<CycleEnd?> LookAtExportsAsync(CycleInProgress cycle, Step step, CancellationToken cancellationToken)
    {
        var deletes = (await server.CountPendingAsync(step.ManagementAgent, cancellationToken)).ExportDeletes;
        if (guard.Allows(deletes, store.CountLiveGuests())) return null;
        if (deletes <= Math.Max(store.CountApprovedExportDeletes(), store.CountApprovedRemovals(cycle.Id)))
            return PassApproved(cycle, $"{deletes} deletions waiting for export to {step.ManagementAgent}");

        return Held(step, $"{deletes} deletions wait for export, more than it allows ({guard})") with { HeldDeletes = deletes };
    }

    private CycleEnd? PassApproved(CycleInProgress cycle, string what)
    {
        var approval = store.UseApproval(cycle.Id);
        cycle.Decide($"{what} pass the removal guard: {approval.By} approved {approval.Amounts}.");
        return null;
    }

    private static CycleEnd Held(Step step, string why) =>
        new(CycleOutcome.Stopped, $"the removal guard holds {step}: {why}. {HowToApprove}", NeedsPerson: true);
}
