using System.Management.Automation.Language;

namespace MimHybrid.Scripts.Tests.Rules;

/// <summary>The rules of the house for sizes, and help that an administrator can rely on.</summary>
public sealed class ShapeRules
{
    private const int LongestFile = 200;
    private const int LongestBlock = 60;

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

    private static int Lines(NamedBlockAst? block) => block is null ? 0 : block.Extent.EndLineNumber - block.Extent.StartLineNumber + 1;
}
