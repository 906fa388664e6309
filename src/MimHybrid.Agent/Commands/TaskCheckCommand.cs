using System.CommandLine;
using System.Runtime.Versioning;
using MimHybrid.Agent.Show;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Commands;

/// <summary><c>task check</c>: whether the registered task is the one that <c>task install</c> would make.</summary>
internal static class TaskCheckCommand
{
    public static Command Build(TaskOptions options)
    {
        var command = new Command("check", "Compares the registered task with the one that install would make, setting by setting.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OperatingSystem.IsWindows()
            ? CheckAsync(options.Read(parsed), cancellationToken)
            : Task.FromResult(TaskCommand.OnlyOnWindows("check")));
        return command;
    }

    [SupportedOSPlatform("windows")]
    public static async Task<int> CheckAsync(TaskDefinition expected, CancellationToken cancellationToken)
    {
        try
        {
            if (await Schtasks.QueryAsync(TaskDefinition.Name, cancellationToken) is { } xml)
                return Report(TaskComparison.Compare(RegisteredTask.Parse(xml), expected, Schtasks.NameOf));

            Say.Error($"There is no task '{TaskDefinition.Name}'. To make it: mimhybrid task install");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            Say.Error($"The task could not be looked at: {e.Message} Run this as an administrator or as the account of the task.");
        }

        return ExitCode.CheckFailed;
    }

    private static int Report(IReadOnlyList<TaskDifference> differences)
    {
        foreach (var difference in differences) Say.Line(difference.ToString());
        Say.Line(differences.Count == 0
            ? $"The task '{TaskDefinition.Name}' is as it should be."
            : "To put all of it right: mimhybrid task install, with the switches that differ from the default");
        return differences.Count == 0 ? ExitCode.Done : ExitCode.CheckFailed;
    }
}
