using System.CommandLine;
using System.Runtime.Versioning;
using MimHybrid.Agent.Show;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Commands;

/// <summary><c>task check</c>: whether the registered task is the one that <c>task show</c> prints.</summary>
internal static class TaskCheckCommand
{
    public static Command Build(TaskOptions options)
    {
        var command = new Command("check", "Compares the registered task with the one that show prints, setting by setting.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OperatingSystem.IsWindows()
            ? CheckAsync(options.Read(parsed), cancellationToken)
            : Task.FromResult(OnlyOnWindows()));
        return command;
    }

    private static int OnlyOnWindows()
    {
        Say.Error("mimhybrid task check works on Windows only, where Task Scheduler is. "
            + "To make the definition here and register it there: mimhybrid task show --output task.xml");
        return ExitCode.CheckFailed;
    }

    [SupportedOSPlatform("windows")]
    private static async Task<int> CheckAsync(TaskDefinition expected, CancellationToken cancellationToken)
    {
        try
        {
            if (await Schtasks.QueryAsync(TaskDefinition.Name, cancellationToken) is { } xml)
                return Report(TaskComparison.Compare(RegisteredTask.Parse(xml), expected, Schtasks.NameOf));

            Say.Error($"There is no task '{TaskDefinition.Name}'. To make it: Install-MimHybrid.ps1, "
                + "or mimhybrid task show --output task.xml");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            Say.Error($"The task could not be looked at: {e.Message} Run this as an administrator or as the account of the task.");
        }

        return ExitCode.CheckFailed;
    }

    private static int Report(IReadOnlyList<TaskDifference> differences)
    {
        foreach (var difference in differences) Screen.Tell(difference.ToString());
        Screen.Tell(differences.Count == 0
            ? $"The task '{TaskDefinition.Name}' is as it should be."
            : "To correct all of it: mimhybrid task show --output task.xml, with the "
                + "switches that differ from the default; it says how to register that");
        return differences.Count == 0 ? ExitCode.Done : ExitCode.CheckFailed;
    }
}
