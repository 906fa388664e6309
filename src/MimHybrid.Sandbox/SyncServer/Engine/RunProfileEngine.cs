using System.Diagnostics;
using MimHybrid.Sandbox.SyncServer.Graph;
using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.State;

namespace MimHybrid.Sandbox.SyncServer.Engine;

/// <summary>What may stand in the way of a step that is otherwise well.</summary>
/// <param name="HasDiscoveryErrors">An import met objects it could not read, so absence proves nothing.</param>
/// <param name="FailingObjects">So many made-up objects cannot be exported.</param>
/// <param name="FaultOf">Why an object of this name cannot be exported.</param>
internal sealed record StepConditions(bool HasDiscoveryErrors, int FailingObjects, Func<string, ExportFault?> FaultOf);

/// <summary>Does the work of a step in two halves: reading, which takes its time, and changing the state, at once at the end.</summary>
internal sealed class RunProfileEngine(SyncServerState state, GraphUserReader graph, DirectoryConnector directory, TimeProvider time)
{
    /// <summary>Reads what the step needs. What comes back is to be called under the state's gate.</summary>
    public async Task<Func<StepConditions, StepOutcome>> PrepareAsync(
        AgentState managementAgent, SandboxStepKind step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case SandboxStepKind.FullImport or SandboxStepKind.DeltaImport:
                var reading = await ReadAsync(managementAgent, step, cancellationToken);
                return conditions => Import(managementAgent, reading, conditions);
            case SandboxStepKind.Export:
                return conditions => Export(managementAgent, conditions);
            default:
                return _ => Synchronize(managementAgent, isFull: step == SandboxStepKind.FullSynchronization);
        }
    }

    private async Task<ImportReading> ReadAsync(AgentState managementAgent, SandboxStepKind step, CancellationToken cancellationToken)
    {
        if (managementAgent == state.Target)
            return new ImportReading.Complete(
                step == SandboxStepKind.FullImport ? directory.ReadAll() : directory.ReadChanges(managementAgent.Watermark));
        if (step == SandboxStepKind.FullImport)
            return await graph.ReadAllAsync(cancellationToken);
        return managementAgent.Watermark is { } deltaLink
            ? await graph.ReadChangesAsync(deltaLink, cancellationToken)
            : new ImportReading.Failed(SandboxResultWords.FullImportRequired, ConnectionWords.NoWatermark);
    }

    private static StepOutcome Import(AgentState managementAgent, ImportReading reading, StepConditions conditions) => reading switch
    {
        ImportReading.Complete read => Stage(managementAgent, read.Batch, conditions),
        ImportReading.Failed failed => StepOutcome.Nothing(failed.Result, failed.ConnectionResult),
        _ => throw new UnreachableException(),
    };

    private static StepOutcome Stage(AgentState managementAgent, ImportBatch batch, StepConditions conditions)
    {
        var report = new StepReport { HasDiscoveryErrors = conditions.HasDiscoveryErrors };
        new ImportStaging(managementAgent.Space, report.Staging).Stage(batch, obsoletes: !conditions.HasDiscoveryErrors);
        managementAgent.Watermark = batch.Watermark;
        var word = batch.Entries.Count == 0 ? SandboxResultWords.CompletedNoObjects : SandboxResultWords.Success;
        return new StepOutcome(conditions.HasDiscoveryErrors ? SandboxResultWords.CompletedDiscoveryErrors : word, report);
    }

    private StepOutcome Synchronize(AgentState managementAgent, bool isFull)
    {
        var report = new StepReport();
        var provisioning = new Provisioning(state.Target.Space, report.Outbound);
        var synchronization = new Synchronization(managementAgent.Space, state.Metaverse, provisioning, report.Inbound);
        if (managementAgent == state.Source)
            synchronization.RunOnSource(isFull);
        else
            synchronization.RunOnTarget(isFull);
        return new StepOutcome(SandboxResultWords.Success, report);
    }

    private StepOutcome Export(AgentState managementAgent, StepConditions conditions)
    {
        var outcome = new Exporter(managementAgent.Space, directory, time).Run(conditions);
        var number = managementAgent.Exports.Current + 1;
        managementAgent.Exports = new ExportCount(
            number, outcome.Result == SandboxResultWords.Success ? number : managementAgent.Exports.LastSuccessful);
        return outcome;
    }
}
