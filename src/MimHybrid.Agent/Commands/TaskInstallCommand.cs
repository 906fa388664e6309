using System.CommandLine;
using MimHybrid.Agent.Show;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Commands;

/// <summary><c>task install</c>: registers the task, in place of an older one.</summary>
internal static class TaskInstallCommand
{
    public static Command Build(TaskOptions options)
    {
        var command = new Command("install", "Registers the task. Task Scheduler asks for the account's password where it needs one.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => InstallAsync(options.Read(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> InstallAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows()) return TaskCommand.OnlyOnWindows("install");

        var code = await Schtasks.CreateAsync(task, cancellationToken);
        if (code != 0)
        {
            Say.Error($"schtasks did not register the task (exit code {code}, its message is above). Run this as an administrator; check the account's name and password, and that it has the right to log on as a batch job.");
            return ExitCode.CheckFailed;
        }

        Say.Line($"The task '{TaskDefinition.Name}' is registered for {task.Account}. It starts the agent within {TaskDefinition.WatchdogInterval.TotalMinutes:0} minutes, and {task.Delay:c} after each start of the server.");
        return await TaskCheckCommand.CheckAsync(task, cancellationToken);
    }
}
