using MimHybrid.Mim.Cim;

namespace MimHybrid.Agent.Checks;

/// <summary>
/// What this account may do on the sync server, as far as that shows without running anything. Operators may run profiles; browsers may
/// only look (MimHybrid.Mim/README.md#groups-and-rights).
/// </summary>
internal sealed class RoleCheck() : Check("role")
{
    /// <summary>Groups may be renamed at the installation; these are the names that it offers, and those of older versions.</summary>
    private static readonly string[] Administrators = ["MIMSyncAdmins", "FIMSyncAdmins"];
    private static readonly string[] Operators = ["MIMSyncOperators", "FIMSyncOperators"];

    public override IReadOnlyList<string> Needs => [SettingsCheck.CheckName, SyncServerCheck.CheckName, ManagementAgentsCheck.CheckName];

    public override async Task<IReadOnlyList<Finding>> LookAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var managementAgent = UsedSteps.ByManagementAgent(context.Settings!.Agent).First().Key;
        try
        {
            await context.SyncServer!.ReadStatusAsync(managementAgent, cancellationToken);
            return [Judge(context.Server?.Groups ?? [])];
        }
        catch (CimConnectionException e)
        {
            return [Failed($"{CurrentAccount.Name} cannot ask {managementAgent} how it is: {e.Message.TrimEnd('.')}", Advice.Of(e))];
        }
    }

    /// <param name="groups">The groups of this account on this machine; none where they cannot be seen.</param>
    public Finding Judge(IReadOnlyList<string> groups)
    {
        if (Has(groups, Administrators))
            return Warning($"{CurrentAccount.Name} is an administrator of MIM", "the group FIMSyncOperators is enough for the agent");
        return Has(groups, Operators)
            ? Ok($"{CurrentAccount.Name} is an operator of MIM")
            : Ok($"{CurrentAccount.Name} may look at management agents; whether it may run them shows at the first run",
                "it may when it is in the group FIMSyncOperators");
    }

    private static bool Has(IReadOnlyList<string> groups, string[] names) =>
        groups.Any(group => names.Contains(group[(group.LastIndexOf('\\') + 1)..], StringComparer.OrdinalIgnoreCase));
}
