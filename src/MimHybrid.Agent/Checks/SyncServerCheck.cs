using MimHybrid.Mim.Cim;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether MIM's provider answers, to this account.</summary>
internal sealed class SyncServerCheck() : Check(CheckName)
{
    public const string CheckName = "sync-server";

    public override IReadOnlyList<string> Needs => [SettingsCheck.CheckName];

    public override async Task<IReadOnlyList<Finding>> LookAsync(Examined examined, CancellationToken cancellationToken)
    {
        try
        {
            var agents = await examined.SyncServer!.ListManagementAgentsAsync(cancellationToken);
            return
            [
                agents.Count > 0
                    ? Ok($"{examined.Settings!.Served} answers in {examined.Settings.SyncServer.Namespace}")
                    : Failed(
                        "MIM's provider answers, but shows no management agent",
                        $"create the management agents, or add {Caller.Name} to the group FIMSyncOperators and sign in again"),
            ];
        }
        catch (CimConnectionException e)
        {
            return [Failed($"{examined.Settings!.SyncServer.Namespace} cannot be asked: {e.Message.TrimEnd('.')}", Advice.Of(e))];
        }
    }
}
