namespace MimHybrid.Agent.Checks;

/// <summary>
/// The checks, in the order in which an administrator would look: what comes later makes no sense where something before failed.
/// </summary>
internal static class CheckRunner
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new ProgramCheck(),
        new SettingsCheck(),
        new DataFolderCheck(),
        new DiskCheck(),
        new StoreCheck(),
        new AgentCheck(),
        new RefusedCheck(),
        new SignInCheck(),
        new GraphCheck(),
        new ClockCheck(),
        new SyncServerCheck(),
        new ManagementAgentsCheck(),
        new RunProfilesCheck(),
        new RoleCheck(),
        new StartCheck(),
        new OldTaskCheck(),
        new AlertsCheck(),
        new EventLogCheck(),
    ];

    public static async Task CheckAsync(CheckContext context, Action<Finding> tell, CancellationToken cancellationToken)
    {
        foreach (var check in Checks)
        {
            foreach (var finding in await LookAsync(check, context, cancellationToken))
            {
                context.Add(finding);
                tell(finding);
            }
        }
    }

    /// <summary>A check that fails by a fault of its own must not keep the others from being made.</summary>
    private static async Task<IReadOnlyList<Finding>> LookAsync(Check check, CheckContext context, CancellationToken cancellationToken)
    {
        if (check.Needs.FirstOrDefault(context.HasFailed) is { } missing)
            return [new Finding(FindingState.Skipped, check.Name, $"not looked at: needs {missing}", $"correct {missing} first")];

        try
        {
            return await check.LookAsync(context, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            const string todo = "this should not happen: report it, with this line";
            return [new Finding(FindingState.Failed, check.Name, $"{e.GetType().Name}: {e.Message}", todo)];
        }
    }
}
