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
internal sealed class RunProfileEngine(
    SyncServerState state, GraphUserReader graph, DirectoryConnector directory, string container, TimeProvider time)
{
    /// <summary>Reads what the step needs. What comes back is to be called under the state's gate.</summary>
    public async Task<Func<StepConditions, StepOutcome>> PrepareAsync(AgentState agent, StepKind step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case StepKind.FullImport or StepKind.DeltaImport:
                var reading = await ReadAsync(agent, step, cancellationToken);
                return conditions => Import(agent, reading, conditions);
            case StepKind.Export:
                return conditions => Export(agent, conditions);
            default:
                return _ => Synchronize(agent, isFull: step == StepKind.FullSynchronization);
        }
    }

    private async Task<Reading> ReadAsync(AgentState agent, StepKind step, CancellationToken cancellationToken)
    {
        if (agent == state.Target)
            return new Reading.Complete(step == StepKind.FullImport ? directory.ReadAll() : directory.ReadChanges(agent.Watermark));
        if (step == StepKind.FullImport)
            return await graph.ReadAllAsync(cancellationToken);
        return agent.Watermark is { } deltaLink
            ? await graph.ReadChangesAsync(deltaLink, cancellationToken)
            : new Reading.Failed(ResultWords.FullImportRequired, ConnectionWords.NoWatermark);
    }

    private static StepOutcome Import(AgentState agent, Reading reading, StepConditions conditions) => reading switch
    {
        Reading.Complete read => Stage(agent, read.Batch, conditions),
        Reading.Failed failed => StepOutcome.Nothing(failed.Result, failed.ConnectionResult),
        _ => throw new UnreachableException(),
    };

    private static StepOutcome Stage(AgentState agent, ImportBatch batch, StepConditions conditions)
    {
        var report = new StepReport { HasDiscoveryErrors = conditions.HasDiscoveryErrors };
        new ImportStaging(agent.Space, report.Staging).Stage(batch, obsoletes: !conditions.HasDiscoveryErrors);
        agent.Watermark = batch.Watermark;
        var word = batch.Entries.Count == 0 ? ResultWords.CompletedNoObjects : ResultWords.Success;
        return new StepOutcome(conditions.HasDiscoveryErrors ? ResultWords.CompletedDiscoveryErrors : word, report);
    }

    private StepOutcome Synchronize(AgentState agent, bool isFull)
    {
        var report = new StepReport();
        var provisioning = new Provisioning(state.Target.Space, container, report.Outbound);
        var synchronization = new Synchronization(agent.Space, state.Metaverse, provisioning, report.Inbound);
        if (agent == state.Source)
            synchronization.RunOnSource(isFull);
        else
            synchronization.RunOnTarget(isFull);
        return new StepOutcome(ResultWords.Success, report);
    }

    private StepOutcome Export(AgentState agent, StepConditions conditions)
    {
        var outcome = new Exporter(agent.Space, directory, container, time).Run(conditions);
        var number = agent.Exports.Current + 1;
        agent.Exports = new ExportCount(number, outcome.Result == ResultWords.Success ? number : agent.Exports.LastSuccessful);
        return outcome;
    }
}
