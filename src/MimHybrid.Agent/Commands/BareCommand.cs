using System.CommandLine;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;

namespace MimHybrid.Agent.Commands;

/// <summary>
/// No command at all. A person gets <c>status</c> and how to go on: nobody starts an agent by accident. Where there is no desktop, Task
/// Scheduler or the service control manager has started the program, and a task that somebody made by hand may have no argument: it meant
/// the agent, and gets it.
/// </summary>
internal static class BareCommand
{
    public static void AddTo(RootCommand root, RunOptions options)
    {
        options.AddTo(root);
        root.SetAction((parsed, cancellationToken) => MeansAgent(options.AsksForRun(parsed), Unattended.IsUnattended)
            ? RunCommand.RunAsync(options.Read(parsed), cancellationToken)
            : Task.FromResult(Show(options.Read(parsed))));
    }

    /// <param name="asksForRun">A switch of <c>run</c> is there, such as <c>--force</c>.</param>
    /// <param name="isUnattended">No person has started the program.</param>
    public static bool MeansAgent(bool asksForRun, bool isUnattended) => asksForRun || isUnattended;

    private static int Show(RunValues options)
    {
        var code = StatusCommand.Show(options.Common, options.Verbose);
        Screen.Show(new Sheet().Blank()
            .Row("mimhybrid log     ", "what it did", Tone.Faint)
            .Row("mimhybrid check   ", "whether settings, sign-in and MIM are right", Tone.Faint)
            .Row("mimhybrid run     ", "runs the agent in this window; --sandbox tries it without MIM and tenant", Tone.Faint)
            .Row("mimhybrid --help  ", "every command", Tone.Faint));
        return code;
    }
}
