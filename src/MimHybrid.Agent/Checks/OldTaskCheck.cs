using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether the loop that the agent replaces is still started: it would run all profiles every hour beside it.</summary>
internal sealed class OldTaskCheck() : QuickCheck("old-task")
{
    /// <summary>The management agents of the guide's loop, which the shipped sequences name, too.</summary>
    private static readonly string[] Shipped = ["AADMA", "ADMA"];

    protected override IEnumerable<Finding> Look(CheckContext context) => context.Server is { } server
        ? Judge(server, context.Settings is { } settings ? UsedSteps.ByManagementAgent(settings.Agent).Select(used => used.Key) : [])
        : [Skipped("not Windows", "look at it on the server")];

    /// <param name="server">What was found.</param>
    /// <param name="agents">The management agents that the settings name.</param>
    public IReadOnlyList<Finding> Judge(ServerFacts server, IEnumerable<string> agents)
    {
        var named = Judge(server);
        var others = OldTaskSearch.Find(server.Tasks.Tasks, [.. Shipped.Union(agents, StringComparer.OrdinalIgnoreCase)]);
        return [.. others.Count > 0 && named.State == FindingState.Ok ? [] : new[] { named }, .. others.Select(Judge)];
    }

    private Finding Judge(OldTask task)
    {
        var disable = $"schtasks /Change /TN \"{task.Name}\" /DISABLE, and end it";
        return task.IsOurs
            ? Warning($"'{task.Name}' is enabled, and runs MIM's run profiles beside the agent: {task.Why}", disable)
            : Warning($"'{task.Name}' is enabled, and runs MIM's run profiles ({task.Why}), of which management agents cannot be seen",
                $"if the agent is to run them: {disable}");
    }

    private Finding Judge(ServerFacts server) => server switch
    {
        { OldTaskTrouble: { } trouble } =>
            Skipped($"whether there is a '{TaskDefinition.OldName}' cannot be seen ({trouble.TrimEnd('.')})",
                "run this as an administrator"),
        { OldTaskXml: null, Tasks.AreAll: false } => Ok(
            $"there is no '{TaskDefinition.OldName}'; what tasks of other names run, only an administrator sees"),
        { OldTaskXml: null } => Ok("no task runs MIM's run profiles beside the agent"),
        { OldTaskXml: { } xml } when IsEnabled(xml) => Warning(
            $"'{TaskDefinition.OldName}' is enabled, and runs all profiles every hour beside the agent", "schtasks /Change /TN "
                + $"\"{TaskDefinition.OldName}\" /DISABLE, and end it"),
        _ when IsKeptAway(server) => Warning(
            $"'{TaskDefinition.OldName}' is disabled, and the agent does not start either: no loop runs MIM's profiles",
            "run Install-MimHybrid.ps1 again, which starts the agent; or bring the old loop back: schtasks /Change /TN "
                + $"\"{TaskDefinition.OldName}\" /ENABLE"),
        _ => Ok($"'{TaskDefinition.OldName}' is disabled"),
    };

    /// <summary>
    /// Whether what would start the agent is there and may not, as an installation leaves it whose window was closed at its end. One that
    /// is at work still starts it.
    /// </summary>
    private static bool IsKeptAway(ServerFacts server) => server is { Work: not ScriptWork.AtWork, Service: not { IsAutomatic: true } }
        && (server.TaskXml is { } xml ? !IsEnabled(xml) : server.Service is not null);

    /// <summary>What cannot be read is taken for enabled: that is what costs something.</summary>
    private static bool IsEnabled(string xml)
    {
        try
        {
            return RegisteredTask.Parse(xml).IsEnabled;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
