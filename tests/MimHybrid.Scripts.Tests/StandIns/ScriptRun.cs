using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands;
using MimHybrid.Scripts.Tests.Rules;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>One run of a script in a runspace where Windows' commands are stand-ins; everything that it said, stream by stream.</summary>
internal sealed record ScriptRun(IReadOnlyList<PSObject> Output, Exception? Failure, string Said, Person Person)
{
    private static readonly Dictionary<string, string> Programs = new()
    {
        ["fsutil.exe"] = "Invoke-FileSystemStandIn",
        ["secedit.exe"] = "Invoke-SeceditStandIn",
        ["sc.exe"] = "Invoke-ServiceControlStandIn",
    };

    /// <summary>The names of all commands that the world plays, besides those of PowerShell's core.</summary>
    public static IReadOnlyList<(string Name, Type Type)> StandIns { get; } =
    [
        .. CommandsOf(typeof(ScriptRun).Assembly),
    ];

    /// <summary>PowerShell's own commands of every system, beside those of its core; what the world plays comes before them.</summary>
    public static IReadOnlyList<(string Name, Type Type)> Real { get; } =
    [
        .. new[] { typeof(WriteVerboseCommand), typeof(TestPathCommand), typeof(GetCredentialCommand) }.SelectMany(type => CommandsOf(type.Assembly))
            .Where(command => StandIns.All(standIn => standIn.Name != command.Name)),
    ];

    /// <summary>What a script may call: to bind all of PowerShell's commands anew for each run takes its time, and a rule keeps the scripts to these.</summary>
    private static readonly (string Name, Type Type)[] Known = [.. Real.Where(command => KnownCommands.OfWindowsPowerShell.ContainsKey(command.Name)), .. StandIns];

    /// <summary>PowerShell's own extensions of types, one table for all runs: a new one makes PowerShell forget, and compile anew, what it has compiled for the run before.</summary>
    private static readonly TypeTable Types = TypeTable.LoadDefaultTypeFiles();

    public PSObject Result => Output.Count == 1 ? Output[0] : throw new InvalidOperationException($"The script gave {Output.Count} objects. {Said} {Failure}");

    public ScriptRun Succeeded() => Failure is null ? this : throw new InvalidOperationException($"{Failure.Message}\n{Said}", Failure);

    public static ScriptRun Of(WindowsWorld world, string script, Dictionary<string, object?> parameters, Person? person = null, object? input = null) =>
        Run(world, shell => shell.AddCommand(script).AddParameters(parameters), person, input);

    /// <summary>A line as it is typed.</summary>
    public static ScriptRun OfLine(WindowsWorld world, string line) => Run(world, shell => shell.AddScript(line), null, null);

    private static ScriptRun Run(WindowsWorld world, Action<PowerShell> enter, Person? person, object? input)
    {
        person ??= new Person();
        person.Sits(world);
        var state = InitialSessionState.CreateDefault2();
        state.LanguageMode = world.Language;
        state.Types.Clear();
        state.Types.Add(new SessionStateTypeEntry(Types));
        state.Formats.Clear(); // nothing is shown
        foreach (var (name, type) in Known) state.Commands.Add(new SessionStateCmdletEntry(name, type, null));
        foreach (var (program, standIn) in Programs) state.Commands.Add(new SessionStateAliasEntry(program, standIn));
        state.Commands.Add(new SessionStateAliasEntry(world.Executable, "Invoke-AgentStandIn"));
        state.Variables.Add(new SessionStateVariableEntry(StandIn.WorldVariable, new PSObject(world), null));
        using var runspace = RunspaceFactory.CreateRunspace(person, state);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread; // whose culture is the server's
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        enter(shell);

        world.Interrupt = () => shell.BeginStop(null, null);
        Exception? failure = null;
        var output = new PSDataCollection<PSObject>();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = world.Culture;
            shell.Invoke(input is null ? null : new[] { input }, output);
        }
        catch (RuntimeException e)
        {
            failure = e;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        string[] said =
        [
            .. shell.Streams.Information.Select(line => line.ToString()),
            .. shell.Streams.Verbose.Select(line => line.ToString()),
            .. shell.Streams.Warning.Select(line => line.ToString()),
            .. shell.Streams.Debug.Select(line => line.ToString()),
            .. shell.Streams.Error.Select(error => $"{error} {error.ScriptStackTrace}"),
            .. person.Read,
        ];
        return new ScriptRun([.. output], failure, string.Join('\n', said), person);
    }

    private static IEnumerable<(string Name, Type Type)> CommandsOf(Assembly assembly) => assembly.GetTypes()
        .Select(type => (Attribute: type.GetCustomAttribute<CmdletAttribute>(), Type: type))
        .Where(pair => pair.Attribute is not null && !pair.Type.IsAbstract)
        .Select(pair => ($"{pair.Attribute!.VerbName}-{pair.Attribute.NounName}", pair.Type));
}
