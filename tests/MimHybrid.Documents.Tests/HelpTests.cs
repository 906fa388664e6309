using System.CommandLine;
using System.Text.RegularExpressions;
using MimHybrid.Agent.Commands;
using MimHybrid.Documents.Tests.Checks;

namespace MimHybrid.Documents.Tests;

/// <summary>The examples that a program or a script gives of itself are documents as well.</summary>
public sealed partial class HelpTests
{
    [Fact]
    public void The_examples_of_every_command_can_be_typed()
    {
        var examples = Family(CommandLine.Parse([]).RootCommandResult.Command).SelectMany(command => Examples.Of(command).Split('\n'))
            .Select(line => Example().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.InRange(examples.Count, 20, 100);
        Assert.Empty(examples.SelectMany(example => ShellLines.Errors(example, comment: "#")));
    }

    [Fact]
    public void The_examples_of_every_script_can_be_typed()
    {
        var examples = OurScripts.All.Values.SelectMany(script => script.GetHelpContent().Examples).Select(example => example.Split("\n\n")[0]).ToList();

        Assert.InRange(examples.Count, 8, 40);
        Assert.Empty(examples.SelectMany(PowerShellText.Errors));
    }

    private static IEnumerable<Command> Family(Command command) => [command, .. command.Subcommands.SelectMany(Family)];

    /// <summary>Two spaces, the command, and at least two before what it does.</summary>
    [GeneratedRegex(@"^  ((?:mimhybrid|schtasks|runas) .*?)(?:\s{2,}.*)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Example();
}
