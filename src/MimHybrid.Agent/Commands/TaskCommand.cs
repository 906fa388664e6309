using System.CommandLine;
using MimHybrid.Agent.Show;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Commands;

/// <summary><c>task</c>: the scheduled task that starts the agent.</summary>
internal static class TaskCommand
{
    public static Command Build(CommonOptions common)
    {
        var options = new TaskOptions(common);
        return new Command("task", $"The scheduled task '{TaskDefinition.Name}', which starts the agent with the server.")
        {
            TaskShowCommand.Build(options),
            TaskInstallCommand.Build(options),
            TaskCheckCommand.Build(options),
            TaskRemoveCommand.Build(),
        };
    }

    /// <summary>The same sentence everywhere: Task Scheduler is a part of Windows.</summary>
    public static int OnlyOnWindows(string command)
    {
        Say.Error($"mimhybrid task {command} works on Windows only, where Task Scheduler is. To make the definition here and register it there: mimhybrid task show --output task.xml");
        return ExitCode.CheckFailed;
    }
}
