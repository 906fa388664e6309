using MimHybrid.Mim.Cim;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether MIM's provider answers, to this account.</summary>
internal sealed class SyncServerCheck() : Check(CheckName)
{
    public const string CheckName = "sync-server";

    public override IReadOnlyList<string> Needs => [SettingsCheck.CheckName];

    public override async Task<IReadOnlyList<Finding>> LookAsync(CheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            var agents = await context.SyncServer!.ListManagementAgentsAsync(cancellationToken);
            return
            [
                agents.Count > 0
                    ? Ok($"{context.Settings!.Served} answers in {context.Settings.SyncServer.Namespace}")
                    : Failed(
                        "MIM's provider answers, but shows no management agent",
                        $"create the management agents, or add {CurrentAccount.Name} to the group FIMSyncOperators and sign in again"),
            ];
        }
        catch (CimConnectionException e)
        {
            return [Failed($"{context.Settings!.SyncServer.Namespace} cannot be asked: {e.Message.TrimEnd('.')}", Advice.Of(e))];
        }
    }
}
