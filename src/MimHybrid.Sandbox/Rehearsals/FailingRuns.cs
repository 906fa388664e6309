using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Sandbox.Rehearsals.Cast;

namespace MimHybrid.Sandbox.Rehearsals;

/// <summary>Runs that end with another word than <c>success</c> (MimHybrid.Mim/README.md#the-classes-of-result-words).</summary>
internal static class FailingRuns
{
    public static IEnumerable<Rehearsal> All { get; } =
    [
        new("no-credentials", "Somebody changed the password of AADMA's account: the agent "
            + "holds, says what to correct, and goes on after it.", NoCredentialsAsync)
        {
            Settings = Pace.RetriedSoon,
        },
        new("full-import-required", "MIM lost AADMA's watermark and refuses the delta "
            + "import: the agent runs the full import instead, once.", FullImportRequiredAsync),
        new("deadlock", "SQL Server ends the synchronization twice to break a deadlock: the agent waits and tries again.", DeadlockAsync),
        new("export-errors", "The directory refuses one of two accounts: the other is made; status and log name the guest whom it "
            + "refused, until a later export carries the account.", ExportErrorsAsync),
        new("discovery-errors", "AADMA could not read every user: nothing is synchronized, "
            + "since removals cannot be trusted; then all can be read again.", DiscoveryErrorsAsync)
        {
            Settings = Pace.RetriedSoon,
        },
    ];

    private static async Task NoCredentialsAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say($"the password of {Source}'s account is no longer right");
        foreach (var import in new[] { Profiles.DeltaImport, Profiles.FullImport })
            stage.SyncServer.Script.PlanEvery(Source, import, new RunPlan { Result = "no-start-credentials" });
        var guest = stage.Guests.InviteOne();
        await stage.UntilNextRunAsync(cancellationToken);
        await stage.PassAsync(8, cancellationToken);

        stage.Say("an administrator corrects it in Synchronization Service Manager");
        stage.SyncServer.Script.Reset();
        await stage.CarriedAsync(guest, cancellationToken);
    }

    private static async Task FullImportRequiredAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say($"{Source} has no valid watermark any more");
        stage.SyncServer.Script.Answer(Source, Profiles.DeltaImport, "no-start-full-import-required");
        await stage.CarriedAsync(stage.Guests.InviteOne(), cancellationToken);
    }

    private static async Task DeadlockAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say($"the next two of {Source}'s synchronizations end as stopped-deadlocked");
        foreach (var nth in new[] { 1, 2 })
            stage.SyncServer.Script.Answer(Source, Profiles.DeltaSynchronization, "stopped-deadlocked", nth);
        await stage.CarriedAsync(stage.Guests.InviteOne(), cancellationToken);
    }

    private static async Task ExportErrorsAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        var (refused, other) = (stage.Guests.InviteOne(), stage.Guests.InviteOne());
        stage.Say($"the directory will not accept {refused.DisplayName}: {Target}'s account lacks a right");
        stage.SyncServer.Script.RefuseExport(
            dn => dn.Contains(refused.DisplayName!, StringComparison.Ordinal),
            new ExportFault("permission-issue", "8344", "Insufficient access rights to perform the operation."));
        await stage.CarriedAsync(other, cancellationToken);

        stage.Say("an administrator grants the right; the next export carries what was refused");
        stage.SyncServer.Script.Reset();
        stage.Guests.InviteOne();
        await stage.CarriedAsync(refused, cancellationToken);
    }

    private static async Task DiscoveryErrorsAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say($"{Source}'s next import meets users that it cannot read");
        stage.SyncServer.Script.Answer(Source, Profiles.DeltaImport, "completed-discovery-errors");
        await stage.CarriedAsync(stage.Guests.InviteOne(), cancellationToken);
    }
}
