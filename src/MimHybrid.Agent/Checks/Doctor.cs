namespace MimHybrid.Agent.Checks;

/// <summary>The checks, in the order in which an administrator would look: what comes later makes no sense where something before failed.</summary>
internal static class Doctor
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        new ProgramCheck(),
        new SettingsCheck(),
        new DataFolderCheck(),
        new DiskCheck(),
        new StoreCheck(),
        new AgentCheck(),
        new SignInCheck(),
        new GraphCheck(),
        new ClockCheck(),
        new SyncServerCheck(),
        new ManagementAgentsCheck(),
        new RunProfilesCheck(),
        new RoleCheck(),
        new StartCheck(),
        new OldTaskCheck(),
        new EventLogCheck(),
    ];

    public static async Task ExamineAsync(Examined examined, Action<Finding> tell, CancellationToken cancellationToken)
    {
        foreach (var check in Checks)
        {
            await foreach (var finding in LookAsync(check, examined, cancellationToken))
            {
                examined.Add(finding);
                tell(finding);
            }
        }
    }

    private static async IAsyncEnumerable<Finding> LookAsync(Check check, Examined examined, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (check.Needs.FirstOrDefault(examined.HasFailed) is { } missing)
        {
            yield return new Finding(FindingState.Skipped, check.Name, $"needs {missing}, which is not well", $"see to {missing} first");
            yield break;
        }

        await using var findings = check.LookAsync(examined, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(check, findings, cancellationToken) is { } finding)
        {
            yield return finding;
            if (finding.State == FindingState.Failed && finding.Todo == OwnFault) yield break;
        }
    }

    private const string OwnFault = "this should not happen: tell the makers of MimHybrid, with this line";

    /// <summary>A check that fails by a fault of its own must not keep the others from being made.</summary>
    private static async Task<Finding?> NextAsync(Check check, IAsyncEnumerator<Finding> findings, CancellationToken cancellationToken)
    {
        try
        {
            return await findings.MoveNextAsync() ? findings.Current : null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new Finding(FindingState.Failed, check.Name, $"{e.GetType().Name}: {e.Message}", OwnFault);
        }
    }
}
