using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether the loop that the agent replaces is still started: it would run all profiles every hour beside it.</summary>
internal sealed class OldTaskCheck() : QuickCheck("old-task")
{
    protected override IEnumerable<Finding> Look(CheckContext context) => context.Server is { } server
        ? [Judge(server)]
        : [Skipped("not Windows", "look at it on the server")];

    public Finding Judge(ServerFacts server) => server switch
    {
        { OldTaskTrouble: { } trouble } =>
            Skipped($"whether there is a '{TaskDefinition.OldName}' cannot be seen ({trouble.TrimEnd('.')})",
                "run this as an administrator"),
        { OldTaskXml: null } => Ok($"there is no '{TaskDefinition.OldName}'"),
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
