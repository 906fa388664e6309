using System.CommandLine;
using MimHybrid.Agent.Show;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Commands;

/// <summary><c>task remove</c>: takes the task away. An agent that it started goes on; <c>stop</c> ends that.</summary>
internal static class TaskRemoveCommand
{
    public static Command Build()
    {
        var command = new Command("remove", "Takes the task away. An agent that runs goes on running: mimhybrid stop ends it.");
        command.SetAction((_, cancellationToken) => RemoveAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows()) return TaskCommand.OnlyOnWindows("remove");
        try
        {
            if (await Schtasks.QueryAsync(TaskDefinition.Name, cancellationToken) is null)
            {
                Say.Line($"There is no task '{TaskDefinition.Name}': there is nothing to remove.");
                return ExitCode.Done;
            }
        }
        catch (InvalidOperationException e)
        {
            Say.Note($"{e.Message} It is tried all the same.");
        }

        if (await Schtasks.DeleteAsync(cancellationToken) == 0) return ExitCode.Done;
        Say.Error("schtasks did not remove the task (its message is above). Run this as an administrator.");
        return ExitCode.CheckFailed;
    }
}
