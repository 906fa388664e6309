using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Sandbox.Rehearsals.Cast;

namespace MimHybrid.Sandbox.Rehearsals;

/// <summary>Others use the sync server too.</summary>
internal static class OtherPeople
{
    public static IEnumerable<Rehearsal> All { get; } =
    [
        new("foreign-run", "An administrator runs a profile just when the agent wants to: the agent waits and says for whom.",
            ForeignRunAsync),
        new("slip-in", "An administrator's run begins between the agent's look and its start: the refused start is tried again.",
            SlipInAsync),
    ];

    private static async Task ForeignRunAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        var first = stage.Guests.InviteOne();
        await stage.NextPollAsync(cancellationToken);
        stage.Say($"{Anna} starts '{Profiles.FullImport}' on {Source}, which takes 12 seconds");
        _ = stage.SyncServer.StartForeignRunAsync(AnnaRuns(Source, Profiles.FullImport, seconds: 12));
        await stage.CarriedAsync(first, cancellationToken);

        var second = stage.Guests.InviteOne();
        await stage.UntilNextRunAsync(cancellationToken);
        stage.Say(
            $"{Anna} starts '{Profiles.FullSynchronization}' on {Target}: no synchronization may run beside it, on any management agent");
        _ = stage.SyncServer.StartForeignRunAsync(AnnaRuns(Target, Profiles.FullSynchronization, seconds: 12));
        await stage.CarriedAsync(second, cancellationToken);
    }

    private static async Task SlipInAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say($"{Anna} will start '{Profiles.FullImport}' on {Source} at the moment at which the agent starts its import");
        var plan = new RunPlan { SlipsIn = AnnaRuns(Source, Profiles.FullImport, seconds: 8) };
        stage.SyncServer.Script.Plan(Source, Profiles.DeltaImport, plan);
        await stage.CarriedAsync(stage.Guests.InviteOne(), cancellationToken);
    }
}
