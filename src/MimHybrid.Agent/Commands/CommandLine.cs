using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Core.Store;

namespace MimHybrid.Agent.Commands;

/// <summary>The commands, and what surrounds each of them: usage errors, Ctrl+C, and the one place where a fault becomes an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var signals = new TerminationSignals();
        try
        {
            var parsed = Build().Parse(args);

            // The library would end the process two seconds after Ctrl+C; a step in progress may take longer to end well.
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, signals.Token);
            return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
        catch (SettingsException e)
        {
            foreach (var error in e.Errors) Say.Error(error);
            return ExitCode.SettingsInvalid;
        }
        catch (StoreException e)
        {
            Say.Error(e.Message);
            return ExitCode.Fatal;
        }
        catch (UnauthorizedAccessException e)
        {
            Say.Error($"{e.Message} Give {Caller.Name} the right to modify it.");
            return ExitCode.Fatal;
        }
        catch (Exception e)
        {
            Say.Error($"Something failed that should not: {e}");
            return ExitCode.Fatal;
        }
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("Runs MIM's AADMA and ADMA when a guest changed in Microsoft Entra. Without a command: run.");

        // The same switches at every level: they mean the same on either side of the command's name.
        var common = new CommonOptions();
        var run = new RunOptions(common);
        RunCommand.AddTo(root, run);
        root.Subcommands.Add(RunCommand.Build(run));
        root.Subcommands.Add(StatusCommand.Build(common));
        root.Subcommands.Add(LogCommand.Build(common));
        root.Subcommands.Add(ApproveCommand.Build(common));
        run.RefuseBeside(root.Subcommands.Where(command => command.Name != RunCommand.Name));
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { } help)
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    /// <summary>The library's help, and below it what it cannot know: examples and exit codes.</summary>
    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(Examples.Of(parseResult.CommandResult.Command));
            output.WriteLine();
            output.WriteLine(ExitCode.Table);
            return ExitCode.Done;
        }
    }
}
