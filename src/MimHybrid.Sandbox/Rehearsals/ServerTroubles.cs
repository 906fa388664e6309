using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Sandbox.Rehearsals.Cast;

namespace MimHybrid.Sandbox.Rehearsals;

/// <summary>The synchronization service hangs, restarts, or is away.</summary>
internal static class ServerTroubles
{
    public static IEnumerable<Rehearsal> All { get; } =
    [
        new("hanging-step", "An import hangs: past SyncServer:LongestRun the agent stops it through MIM and tries again.", HangingStepAsync)
        {
            Settings = new Dictionary<string, string?> { ["SyncServer:LongestRun"] = "00:00:10", ["SyncServer:StopGrace"] = "00:00:05" },
        },
        new("server-restart", "MIM's service restarts in the middle of a run: the agent finds out what became of it and runs it again.",
            ServerRestartAsync),
        new("server-away", "MIM's service is stopped for a while: the agent waits longer and longer between its tries, and catches up.",
            ServerAwayAsync),
    ];

    private static async Task HangingStepAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say($"{Source}'s next import hangs until somebody stops it; SyncServer:LongestRun is 10 seconds here");
        stage.SyncServer.Script.Plan(Source, Profiles.DeltaImport, new RunPlan { HangsUntilStopped = true });
        await stage.CarriedAsync(stage.Guests.InviteOne(), cancellationToken);
    }

    private static async Task ServerRestartAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.SyncServer.Script.Plan(Source, Profiles.DeltaImport, new RunPlan { Duration = TimeSpan.FromSeconds(30) });
        var guest = stage.Guests.InviteOne();
        await stage.UntilNextRunAsync(cancellationToken);
        await stage.PassAsync(3, cancellationToken);

        stage.Say("the service FIMSynchronizationService restarts in the middle of the import, and the agent's call breaks off");
        await stage.SyncServer.StopServiceAsync(cutsCalls: true);
        await stage.PassAsync(4, cancellationToken);
        stage.SyncServer.StartService();
        await stage.CarriedAsync(guest, cancellationToken);
    }

    private static async Task ServerAwayAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say("somebody stops the service FIMSynchronizationService");
        await stage.SyncServer.StopServiceAsync();
        var guest = stage.Guests.InviteOne();
        await stage.UntilSeenAsync(cancellationToken);
        await stage.PassAsync(10, cancellationToken);

        stage.Say("the service is started again");
        stage.SyncServer.StartService();
        await stage.CarriedAsync(guest, cancellationToken);
    }
}
