using System.CommandLine;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Commands;

/// <summary>
/// <c>task</c>: the scheduled task that starts the agent. The installation registers it, or a person; this says what, and whether it is so.
/// </summary>
internal static class TaskCommand
{
    public static Command Build(CommonOptions common)
    {
        var options = new TaskOptions(common);
        return new Command("task", $"The scheduled task '{TaskDefinition.Name}', which starts the agent with the server.")
        {
            TaskShowCommand.Build(options),
            TaskCheckCommand.Build(options),
        };
    }
}
