using System.CommandLine;
using System.CommandLine.Parsing;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Sandbox.Rehearsals;

namespace MimHybrid.Agent.Commands;

/// <summary>The switches that every command has.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string?> data = new("--data")
    {
        HelpName = "DIR",
        Description = @"The data folder. Default: %ProgramData%\MimHybrid on Windows; with --sandbox a folder of its own.",
    };

    private readonly Option<string?> config = new("--config")
    {
        HelpName = "FILE",
        Description = "The settings file. Default: appsettings.json beside the executable. Environment variables "
            + "MIMHYBRID_SECTION__NAME override it.",
    };

    private readonly Option<string?> sandbox = new("--sandbox")
    {
        HelpName = "REHEARSAL",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A pretend tenant, MIM and directory instead of yours, kept in "
            + "the data folder; nothing real is touched. With a name: "
            + "plays that failure while the agent runs (see below).",
    };

    private readonly Option<string[]> set = new("--set")
    {
        HelpName = "NAME=VALUE",
        Description = "A setting, e.g. BootDelay=00:00:00; overrides file and environment. "
            + "May be given several times; of one name, the last counts.",
    };

    public CommonOptions()
    {
        RefuseEmpty(data, "the data folder");
        RefuseEmpty(config, "the settings file");
        set.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"--set {token.Value}: allowed is NAME=VALUE, e.g. BootDelay=00:00:00.");
        });
        sandbox.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Rehearsal.Find(token.Value) is null)
                result.AddError(
                    $"--sandbox {token.Value}: allowed is "
                        + $"--sandbox alone or with one of {string.Join(", ", Rehearsal.All.Select(one => one.Name))}.");
        });
    }

    public void AddTo(Command command)
    {
        command.Options.Add(data);
        command.Options.Add(config);
        command.Options.Add(sandbox);
        command.Options.Add(set);
    }

    /// <summary>
    /// The two that say where things are, for a command line that is written down and run later: no setting belongs there, and no sandbox.
    /// </summary>
    public void AddPlacesTo(Command command)
    {
        command.Options.Add(data);
        command.Options.Add(config);
        command.Validators.Add(result =>
        {
            foreach (var option in new Option[] { sandbox, set }.Where(option => result.GetResult(option) is { Implicit: false }))
                result.AddError(
                    $"{option.Name} does not go with task {command.Name}: what the task "
                        + "starts is the agent of this server, with its settings file.");
        });
    }

    /// <summary>Whether it was typed. Not its value: one that cannot be parsed has its own error, and asking for it would throw.</summary>
    public static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>What a script gives whose variable is not set: the default would be another place than was meant.</summary>
    public static void RefuseEmpty(Option<string?> option, string what) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value))
            result.AddError($"{option.Name} is empty; allowed is {what}, or to leave it out.");
    });

    /// <summary>A switch that is not known would be taken for the argument of the command.</summary>
    public static bool RefuseSwitch(ArgumentResult result)
    {
        if (result.Tokens is not [{ Value: ['-', ..] typed }, ..]) return false;
        result.AddError($"Unrecognized command or argument '{typed}'.");
        return true;
    }

    /// <summary>Those two again, as they were given.</summary>
    public IEnumerable<string> Places(ParseResult parsed)
    {
        if (parsed.GetValue(data) is { Length: > 0 } folder) foreach (var word in new[] { data.Name, folder }) yield return word;
        if (parsed.GetValue(config) is { Length: > 0 } file) foreach (var word in new[] { config.Name, file }) yield return word;
    }

    /// <summary>Whether a rehearsal is asked for.</summary>
    public bool HasRehearsal(CommandResult result) => result.GetResult(sandbox) is { Tokens.Count: > 0 };

    public CommonValues Read(ParseResult parsed) => new(
        DataFolder.Resolve(parsed.GetValue(data), IsSandbox(parsed)),
        parsed.GetValue(config),
        IsSandbox(parsed),
        parsed.GetValue(sandbox) is { } name ? Rehearsal.Find(name) : null,
        [.. (parsed.GetValue(set) ?? []).Select(pair => new SetValue(
            pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]))]);

    private bool IsSandbox(ParseResult parsed) => parsed.GetResult(sandbox) is { Implicit: false };
}
