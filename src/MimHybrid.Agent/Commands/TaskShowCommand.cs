using System.CommandLine;
using MimHybrid.Agent.Show;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Commands;

/// <summary><c>task show</c>: the definition, on any system.</summary>
internal static class TaskShowCommand
{
    public static Command Build(TaskOptions options)
    {
        var output = OutputFile.Option("Write a file instead, in UTF-16 as schtasks and Task Scheduler's import want it.");
        var check = new Option<string?>("--check")
        {
            HelpName = "FILE",
            Description = $"Instead, that of the task '{TaskDefinition.CheckName}', which never starts by itself: it runs check as its "
                + "account and writes what it found to FILE (a full path).",
        };
        var command = new Command("show", "Prints the definition of the task (Task Scheduler schema 1.2).") { output, check };
        options.AddTo(command);
        command.SetAction(parsed => Show(options.Read(parsed, parsed.GetValue(check)), parsed.GetValue(output)));
        return command;
    }

    private static int Show(TaskDefinition task, string? output)
    {
        if (output is null)
        {
            Say.Line(TaskXml.ToText(task));
            return ExitCode.Done;
        }

        if (!OutputFile.TryWrite(output, () => File.WriteAllBytes(output, TaskXml.ToFile(task)))) return ExitCode.CheckFailed;
        Screen.Tell($"{output} is written. To register it: schtasks /Create /TN \"{task.Title}\" /XML \"{output}\" /RU {task.Account} "
            + $"/RP {(task.Logon == TaskLogon.Gmsa ? "\"\"" : "*")} /F");
        return ExitCode.Done;
    }
}
