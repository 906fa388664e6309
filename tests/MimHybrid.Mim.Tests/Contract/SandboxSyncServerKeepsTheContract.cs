using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests.Contract;

/// <summary>The contract, asked of the sandbox's sync server, with some runs behind it.</summary>
public class SandboxSyncServerKeepsTheContract : CimConnectionRunContract
{
    private readonly SyncServerScene scene = new(target: @"O'Brien's \ AD");

    protected override (string ManagementAgent, string RunProfile)? Runnable => (@"O'Brien's \ AD", Import);

    protected override (string ManagementAgent, string RunProfile)? Lasting
    {
        get
        {
            var lasting = (Runnable!.Value.ManagementAgent, RunProfile: "Export");
            scene.Script.PlanEvery(lasting.ManagementAgent, lasting.RunProfile, new RunPlan { HangsUntilStopped = true });
            return lasting;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        scene.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task<ICimConnection> ConnectAsync()
    {
        scene.CreateAccounts(3);
        foreach (var profile in new[] { Import, Synchronization, "Export", "Delta Import (Stage Only)" })
        {
            await scene.Sandbox.InvokeAsync(
                Agent(Runnable!.Value.ManagementAgent), "Execute", [new CimArgument("RunProfileName", profile)], TestEnd);
            scene.Time.Advance(TimeSpan.FromMinutes(1));
        }

        // The run of AADMA ends as no-start-full-import-required: its history is not all success.
        await scene.Sandbox.InvokeAsync(Agent("AADMA"), "Execute", [new CimArgument("RunProfileName", "Delta Import (Stage Only)")], TestEnd);
        return scene.Sandbox;
    }
}
