using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether the loop that the agent replaces is still started: it would run all profiles every hour beside it.</summary>
internal sealed class OldTaskCheck() : QuickCheck("old-task")
{
    protected override IEnumerable<Finding> Look(Examined examined) => examined.Server is { } server
        ? [Judge(server)]
        : [Skipped("not Windows", "look at it on the server")];

    public Finding Judge(ServerFacts server) => server switch
    {
        { OldTaskTrouble: { } trouble } => Skipped($"whether there is a '{TaskDefinition.OldName}' cannot be seen ({trouble.TrimEnd('.')})", "run this as an administrator"),
        { OldTaskXml: null } => Ok($"there is no '{TaskDefinition.OldName}'"),
        { OldTaskXml: { } xml } when IsEnabled(xml) => Warning(
            $"'{TaskDefinition.OldName}' is enabled, and runs all profiles every hour beside the agent", $"schtasks /Change /TN \"{TaskDefinition.OldName}\" /DISABLE, and end it"),
        _ => Ok($"'{TaskDefinition.OldName}' is disabled"),
    };

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
