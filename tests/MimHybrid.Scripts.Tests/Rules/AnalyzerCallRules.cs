using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests.Rules;

/// <summary>PSScriptAnalyzer's UseCmdletCorrectly: a call gives every mandatory parameter, of our own functions, of PowerShell's commands and of those of Windows that the tests play.</summary>
public sealed class AnalyzerCallRules
{
    private static readonly Dictionary<string, string[]> Mandatory = ScriptTree.All.SelectMany(tree => tree.Functions)
        .Select(function => (function.Name, Names: MandatoryOf(function)))
        .Concat(ScriptRun.StandIns.Concat(ScriptRun.Real).Select(command => (command.Name, Names: MandatoryOf(command.Type))))
        .DistinctBy(command => command.Name).ToDictionary(command => command.Name, command => command.Names, StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void UseCmdletCorrectly() => Assert.Empty(ScriptTree.All.SelectMany(tree => tree.Commands.Where(IsIncomplete).Select(tree.At)));

    [Theory]
    [InlineData("Protect-Folder", true)]
    [InlineData("Protect-Folder -Path x", false)]
    [InlineData("Protect-Folder x", false)]
    [InlineData("Remove-Program -Folder x -KeepFolder $true", true)]
    [InlineData("Remove-Program -Folder:x -Name y", false)]
    [InlineData("Remove-Program @all", false)]
    [InlineData("Write-Warning", true)]
    [InlineData("Write-Warning 'x'", false)]
    [InlineData("New-ItemProperty -Name x -LiteralPath y", true)]
    public void A_call_without_a_mandatory_parameter_is_seen(string call, bool isIncomplete) => Assert.Equal(isIncomplete, ScriptTree.Of(call).Commands.Any(IsIncomplete));

    /// <summary>A value without a name takes the place of a parameter without one; what is splatted is not looked into.</summary>
    private static bool IsIncomplete(CommandAst call)
    {
        if (call.GetCommandName() is not { } name || !Mandatory.TryGetValue(name, out var mandatory)) return false;
        var elements = call.CommandElements.Skip(1).ToList();
        var given = elements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unnamed = elements.Where((element, index) => element is not CommandParameterAst && (index == 0 || elements[index - 1] is not CommandParameterAst { Argument: null })).Count();
        return !elements.OfType<VariableExpressionAst>().Any(variable => variable.Splatted) && mandatory.Count(parameter => !given.Contains(parameter)) > unnamed;
    }

    private static string[] MandatoryOf(FunctionDefinitionAst function) =>
    [
        .. (function.Body.ParamBlock?.Parameters ?? Enumerable.Empty<ParameterAst>())
            .Where(parameter => parameter.Attributes.OfType<AttributeAst>().Any(attribute => attribute.NamedArguments.Any(argument => argument.ArgumentName == nameof(ParameterAttribute.Mandatory))))
            .Select(parameter => parameter.Name.VariablePath.UserPath),
    ];

    private static string[] MandatoryOf(Type command) =>
    [
        .. command.GetProperties()
            .Where(property => property.GetCustomAttributes<ParameterAttribute>().ToList() is [{ Mandatory: true, ParameterSetName: ParameterAttribute.AllParameterSets }])
            .Select(property => property.Name),
    ];
}
