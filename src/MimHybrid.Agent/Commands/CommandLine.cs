using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;
using MimHybrid.Graph;
using MimHybrid.Store.Faults;

namespace MimHybrid.Agent.Commands;

/// <summary>
/// The commands, and what surrounds each of them: usage errors, Ctrl+C, and the one place where a fault becomes an exit code.
/// </summary>
internal static partial class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var code = await RunToEndAsync(args);
        if (Say.Output.Trouble is not { } trouble) return code;
        Say.Error($"Standard output could not be written: {trouble}");
        return code == ExitCode.Done ? ExitCode.CheckFailed : code;
    }

    private static async Task<int> RunToEndAsync(string[] args)
    {
        using var signals = new TerminationSignals();
        ParseResult? parsed = null;
        try
        {
            parsed = Parse(args);

            if (parsed.Errors.Count > 0) return Complain(parsed);

            // The library would end the process two seconds after Ctrl+C; a step in progress may take longer to end well.
            return await parsed.InvokeAsync(Configuration(Say.Output, Say.ErrorOutput), signals.Token);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
        catch (Exception e)
        {
            var (code, reasons) = Explain(e);
            foreach (var reason in reasons) Say.Error(reason);
            if (IsAgent(parsed)) Unattended.ReportFailure(code, string.Join(Environment.NewLine, reasons));
            return code;
        }
    }

    /// <summary>Reads a command line and does nothing: the documents' tests ask it whether what they show can be typed.</summary>
    public static ParseResult Parse(IReadOnlyList<string> args) =>
        Build().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null }); // a mail domain begins with @, and is no file

    private static InvocationConfiguration Configuration(TextWriter output, TextWriter errors) =>
        new() { Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    /// <summary>
    /// The error and what may have been meant, and not two screens of help, which would push both away. The library quotes what it does not
    /// understand, and that may be --set with a secret behind it, typed after the wrong command.
    /// </summary>
    private static int Complain(ParseResult parsed)
    {
        var errors = parsed.Errors
            .Select(error => Printable.Of(Assignment.Replace(error.Message, "$1=…'")) + Meant(error.Message, parsed)).ToList();
        foreach (var error in errors) Say.Error(error);
        Say.Note($"Help: {string.Join(' ', PathOf(parsed.CommandResult))} --help");
        if (IsAgent(parsed)) Unattended.ReportFailure(ExitCode.Usage, string.Join(Environment.NewLine, errors));
        return ExitCode.Usage;
    }

    private static string Meant(string error, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Select(each => each.Name).Concat(command.Options.Select(each => each.Name)).ToList();
        var typed = parsed.UnmatchedTokens.Concat(parsed.Tokens.Select(token => token.Value))
            .FirstOrDefault(token => error.Contains($"'{token}'", StringComparison.Ordinal) && !known.Contains(token));
        return typed is not null && Nearest.Of(typed, known) is { } meant ? $" Did you mean {meant}?" : "";
    }

    private static IEnumerable<string> PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? [.. PathOf(parent), result.Command.Name] : ["mimhybrid"];

    /// <summary>Whether this is what a task or a service starts.</summary>
    private static bool IsAgent(ParseResult? parsed) => parsed?.CommandResult.Command is RootCommand or { Name: RunCommand.Name };

    /// <summary>The only place where an exception becomes a stack trace: a bug report.</summary>
    internal static (int Code, IReadOnlyList<string> Reasons) Explain(Exception exception) => exception switch
    {
        SettingsException { File: { } file } settings => (ExitCode.SettingsInvalid,
            [.. settings.Errors, $"The settings file is {file}; mimhybrid config show says where each value comes from."]),
        SettingsException settings => (ExitCode.SettingsInvalid, settings.Errors),
        StoreException { IsPassing: true } store => (ExitCode.StoreUnusable, [$"{store.Message} Then type the command again."]),
        StoreException store => (ExitCode.StoreUnusable, [store.Message]),
        UnauthorizedAccessException denied => (ExitCode.Fatal, [$"{denied.Message} Give {CurrentAccount.Name} the right to modify it."]),
        IOException broken => (ExitCode.Fatal, [$"A file or a connection failed: {broken.Message}"]),
        _ => (ExitCode.Fatal, [$"This is a fault in MimHybrid {Product.Version}. Please report it, with this text: {exception}"]),
    };

    private static RootCommand Build()
    {
        var root = new RootCommand("Runs MIM's AADMA and ADMA when a guest changed in Microsoft Entra. Without a command: status.");

        // The same switches at every level: they mean the same on either side of the command's name.
        var common = new CommonOptions();
        var run = new RunOptions(common);
        BareCommand.AddTo(root, run);
        root.Subcommands.Add(RunCommand.Build(run));
        root.Subcommands.Add(StatusCommand.Build(common));
        root.Subcommands.Add(LogCommand.Build(common));
        root.Subcommands.Add(GuestCommand.Build(common));
        root.Subcommands.Add(PageCommand.Build(common));
        root.Subcommands.Add(AlertsCommand.Build(common));
        root.Subcommands.Add(ReportCommand.Build(common));
        root.Subcommands.Add(ApproveCommand.Build(common));
        root.Subcommands.Add(StopCommand.Build(common));
        root.Subcommands.Add(ResyncCommand.Build(common));
        root.Subcommands.Add(CheckCommand.Build(common));
        root.Subcommands.Add(ConfigCommand.Build(common));
        root.Subcommands.Add(TaskCommand.Build(common));
        run.RefuseBeside(root.Subcommands.Where(command => command.Name != RunCommand.Name));
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { } help)
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    [GeneratedRegex("('[\\w:]+)=.*'", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment { get; }

    /// <summary>The library's help, and below it what it cannot know: examples and exit codes.</summary>
    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            help.Invoke(parseResult);
            Screen.Show(Sheet.Of(Examples.Of(parseResult.CommandResult.Command)).Blank().Add(Sheet.Of(ExitCode.Table)));
            return ExitCode.Done;
        }
    }
}
