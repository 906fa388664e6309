using System.Management.Automation.Language;

namespace MimHybrid.Scripts.Tests.Rules;

/// <summary>The rules of the house for sizes, and help that an administrator can rely on.</summary>
public sealed class ShapeRules
{
    private const int LongestFile = 300;
    private const int LongestBlock = 60;

    private static readonly string[] CommonNames = ["WhatIf", "Confirm", "Verbose"];

    [Fact]
    public void No_file_is_longer_than_it_may_be() => Assert.All(ScriptFiles.All, file => Assert.InRange(File.ReadAllLines(file).Length, 1, LongestFile));

    [Fact]
    public void No_function_is_longer_than_it_may_be() => Assert.Empty(
        from tree in ScriptTree.All
        from function in tree.Functions
        where Lines(function.Body.EndBlock) > LongestBlock
        select $"{tree.Name}: {function.Name} {Lines(function.Body.EndBlock)}");

    [Fact]
    public void No_body_of_a_script_is_longer_than_it_may_be() => Assert.Empty(
        from tree in ScriptTree.All
        from block in new[] { tree.Ast.ProcessBlock, tree.Ast.EndBlock }
        where block is not null && block.Statements.Any(statement => statement is not FunctionDefinitionAst and not AssignmentStatementAst) && Lines(block) > LongestBlock
        select $"{tree.Name}: {Lines(block)}");

    [Fact]
    public void Every_function_says_what_it_is() => Assert.Empty(
        from tree in ScriptTree.All
        from function in tree.Functions
        where string.IsNullOrWhiteSpace(function.GetHelpContent()?.Synopsis)
        select $"{tree.Name}: {function.Name}");

    [Fact]
    public void Every_script_explains_itself_each_parameter_and_gives_examples() => Assert.All(ScriptTree.All.Where(tree => ScriptFiles.Entrances.Contains(tree.Path)), tree =>
    {
        var help = tree.Ast.GetHelpContent();
        Assert.NotNull(help);
        Assert.False(string.IsNullOrWhiteSpace(help.Synopsis));
        Assert.False(string.IsNullOrWhiteSpace(help.Description));
        Assert.InRange(help.Examples.Count, 2, 5);
        var parameters = tree.Ast.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath.ToUpperInvariant()).Order(StringComparer.Ordinal);
        Assert.Equal(parameters, help.Parameters.Keys.Select(key => key.ToUpperInvariant()).Order(StringComparer.Ordinal));
    });

    [Fact]
    public void The_examples_of_the_help_name_scripts_and_parameters_that_are_there() => Assert.Empty(
        from tree in ScriptTree.All
        where ScriptFiles.Entrances.Contains(tree.Path)
        from example in tree.Ast.GetHelpContent().Examples
        from wrong in WrongCommands(example.Split("\n\n")[0])
        select $"{tree.Name}: {wrong}");

    /// <summary>What in a text of commands names a script of ours or a parameter that is not there.</summary>
    internal static IEnumerable<string> WrongCommands(string text)
    {
        var sample = ScriptTree.Of(text);
        foreach (var error in sample.Errors) yield return $"{error.Message} in {text}";
        foreach (var command in sample.Commands)
        {
            var name = command.GetCommandName()?.Replace('\\', '/').Split('/')[^1];
            if (name is null || !name.EndsWith(".ps1", StringComparison.Ordinal)) continue;
            if (ScriptTree.All.SingleOrDefault(tree => tree.Name == name) is not { } script)
            {
                yield return $"{name} is not there";
                continue;
            }

            var known = script.Ast.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath).Concat(CommonNames).ToList();
            foreach (var parameter in command.CommandElements.OfType<CommandParameterAst>())
                if (!known.Contains(parameter.ParameterName, StringComparer.OrdinalIgnoreCase)) yield return $"{name} has no -{parameter.ParameterName}";
        }
    }

    private static int Lines(NamedBlockAst? block) => block is null ? 0 : block.Extent.EndLineNumber - block.Extent.StartLineNumber + 1;
}
