using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.Spaces;

namespace MimHybrid.Sandbox.SyncServer.Engine;

/// <summary>Carries the pending exports to the directory; those that fail stay pending and are tried again with the next export.</summary>
internal sealed class Exporter(ConnectorSpace space, DirectoryConnector directory, TimeProvider time)
{
    private static readonly ExportFault Refused = new("permission-issue", "50", "Insufficient access rights to perform the operation.");

    private readonly Tally exported = new();
    private readonly List<ExportError> errors = [];

    public StepOutcome Run(StepConditions conditions)
    {
        foreach (var pending in space.Objects.Where(o => o.PendingExport is not null).ToArray())
        {
            if ((conditions.FaultOf(pending.Dn) ?? directory.Export(space, pending)) is { } fault)
                Fail(pending, fault);
            else
                Succeed(pending);
        }

        exported.Count(CounterNames.ExportFailure, by: conditions.FailingObjects);
        return new StepOutcome(
            exported[CounterNames.ExportFailure] == 0 ? SandboxResultWords.Success : SandboxResultWords.CompletedExportErrors,
            new StepReport { Export = exported, ExportErrors = errors.Concat(MakeUp(conditions.FailingObjects)) });
    }

    /// <summary>Made anew each time somebody reads them, so that they cost no memory.</summary>
    private IEnumerable<ExportError> MakeUp(int count)
    {
        var now = time.GetUtcNow();
        return Enumerable.Range(1, count).Select(number =>
            new ExportError(
                new Guid(number, 0, 0, new byte[8]), $"CN=Refused {MimText.Number(number)},{DirectoryDomain.Guests}",
                now, now, RetryCount: 0, Refused));
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
