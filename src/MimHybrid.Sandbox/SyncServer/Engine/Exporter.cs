using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.Spaces;

namespace MimHybrid.Sandbox.SyncServer.Engine;

/// <summary>Carries the pending exports to the directory; those that fail stay pending and are tried again with the next export.</summary>
internal sealed class Exporter(ConnectorSpace space, DirectoryConnector directory, TimeProvider time)
{
    private readonly Tally exported = new();
    private readonly List<ExportError> errors = [];

    /// <param name="faultOf">What stands in the way of exporting an object of this name, if anything does.</param>
    public StepOutcome Run(Func<string, ExportFault?> faultOf)
    {
        foreach (var pending in space.Objects.Where(o => o.PendingExport is not null).ToArray())
        {
            if ((faultOf(pending.Dn) ?? directory.Export(space, pending)) is { } fault)
                Fail(pending, fault);
            else
                Succeed(pending);
        }

        return new StepOutcome(
            errors.Count == 0 ? ResultWords.Success : ResultWords.CompletedExportErrors,
            new StepReport { Export = exported, ExportErrors = errors });
    }

    private void Succeed(ConnectorSpaceObject done)
    {
        exported.Count(done.PendingExport!.Kind switch
        {
            Modification.Add => CounterNames.ExportAdd,
            Modification.Update => CounterNames.ExportUpdate,
            _ => CounterNames.ExportDelete,
        });
        done.Unconfirmed = done.PendingExport;
        done.PendingExport = null;
        done.ExportFailure = null;
    }

    private void Fail(ConnectorSpaceObject failed, ExportFault fault)
    {
        exported.Count(CounterNames.ExportFailure);
        var now = time.GetUtcNow();
        failed.ExportFailure = failed.ExportFailure is { } earlier
            ? earlier with { RetryCount = earlier.RetryCount + 1 }
            : new ExportFailure(now, 0);
        errors.Add(new ExportError(failed.Id, failed.Dn, failed.ExportFailure.FirstOccurred, now, failed.ExportFailure.RetryCount, fault));
    }
}
