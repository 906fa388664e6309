using System.Management.Automation.Internal;
using System.Management.Automation.Language;

namespace MimHybrid.Scripts.Tests.Rules;

/// <summary>PSScriptAnalyzer's rules about variables and parameters, by its names. Each is shown to see what it is for.</summary>
public sealed class AnalyzerVariableRules
{
    /// <summary>about_Automatic_Variables, those that a script may not assign or should not.</summary>
    private static readonly HashSet<string> Automatic = new(StringComparer.OrdinalIgnoreCase)
    {
        "_", "args", "error", "event", "foreach", "home", "host", "input", "iscoreclr", "islinux", "ismacos", "iswindows", "matches", "myinvocation", "pid", "profile", "psboundparameters", "pscmdlet",
        "psculture", "pshome", "psitem", "psscriptroot", "pscommandpath", "psuiculture", "psversiontable", "pwd", "sender", "shellid", "stacktrace", "switch", "this", "true", "false",
    };

    /// <summary>Set for PowerShell to read.</summary>
    private static readonly string[] Preferences = ["ErrorActionPreference", "ConfirmPreference"];

    [Fact]
    public void AvoidAssignmentToAutomaticVariable() => Holds(
        "function f { param($Host) }",
        tree => Assigned(tree.Ast).Concat(tree.Find<ForEachStatementAst>().Select(loop => loop.Variable)).Concat(tree.Find<ParameterAst>().Select(parameter => parameter.Name))
            .Where(variable => Automatic.Contains(variable.VariablePath.UserPath)));

    /// <summary>Of each function; those of the module as a whole are read by its parts.</summary>
    [Fact]
    public void UseDeclaredVarsMoreThanAssignments() => Holds(
        "function f { $unread = 1 }",
        tree => tree.Functions.Select(function => (Ast)function.Body).Append(tree.Ast).SelectMany(body => Assigned(body).Where(variable =>
            !variable.VariablePath.IsScript && !Preferences.Contains(variable.VariablePath.UserPath)
            && !body.FindAll(node => node is VariableExpressionAst other && other.VariablePath.UserPath.Equals(variable.VariablePath.UserPath, StringComparison.OrdinalIgnoreCase) && !IsAssigned(other), true).Any())));

    [Fact]
    public void AvoidDefaultValueForMandatoryParameter() => Holds(
        "param([Parameter(Mandatory)] $a = 1)", tree => tree.Find<ParameterAst>().Where(parameter => parameter.DefaultValue is not null && parameter.Attributes.OfType<AttributeAst>().Any(IsMandatory)));

    [Fact]
    public void AvoidDefaultValueSwitchParameter() => Holds(
        "param([switch] $a = $true)", tree => tree.Find<ParameterAst>().Where(parameter => parameter.DefaultValue is not null && parameter.StaticType.Name == "SwitchParameter"));

    [Fact]
    public void AvoidMultipleTypeAttributes() => Holds(
        "param([string] [int] $a)", tree => tree.Find<ParameterAst>().Where(parameter => parameter.Attributes.OfType<TypeConstraintAst>().Count() > 1));

    [Fact]
    public void ReservedParams_and_UseSupportsShouldProcess() => Holds("param([switch] $WhatIf)", tree => tree.Find<ParameterAst>().Where(parameter =>
        typeof(CommonParameters).GetProperties().Concat(typeof(ShouldProcessParameters).GetProperties()).Any(common => common.Name.Equals(parameter.Name.VariablePath.UserPath, StringComparison.OrdinalIgnoreCase))));

    [Fact]
    public void UseProcessBlockForPipelineCommand() => Holds("function f { param([Parameter(ValueFromPipeline)] $a) $a }", tree => tree.Find<ScriptBlockAst>().Where(body =>
        body.ProcessBlock is null && body.ParamBlock?.Parameters.Any(parameter => parameter.Attributes.OfType<AttributeAst>().Any(attribute => attribute.Extent.Text.Contains("ValueFromPipeline", StringComparison.OrdinalIgnoreCase))) == true));

    [Fact]
    public void PossibleIncorrectUsageOfAssignmentOperator() => Holds(
        "if ($a = 1) { }", tree => Conditions(tree).SelectMany(condition => condition.FindAll(node => node is AssignmentStatementAst, searchNestedScriptBlocks: false)));

    [Fact]
    public void PossibleIncorrectUsageOfRedirectionOperator() => Holds(
        "if ($a > 1) { }", tree => Conditions(tree).SelectMany(condition => condition.FindAll(node => node is FileRedirectionAst, searchNestedScriptBlocks: false)));

    [Fact]
    public void UseLiteralInitializerForHashtable() => Holds(
        "$a = [hashtable]::new()", tree => tree.Find<InvokeMemberExpressionAst>().Where(call => call.Expression is TypeExpressionAst type && type.TypeName.Name.EndsWith("hashtable", StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void AvoidUsingBrokenHashAlgorithms() => Holds(
        "[Security.Cryptography.SHA1]::Create()",
        tree => tree.Find<TypeExpressionAst>().Where(type => type.TypeName.FullName.Contains("SHA1", StringComparison.OrdinalIgnoreCase) || type.TypeName.FullName.Contains("MD5", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The rule finds nothing in the scripts, and does find what it is about.</summary>
    private static void Holds(string wrong, Func<ScriptTree, IEnumerable<Ast>> find)
    {
        Assert.NotEmpty(find(ScriptTree.Of(wrong)));
        Assert.Empty(ScriptTree.All.SelectMany(tree => find(tree).Select(tree.At)));
    }

    private static IEnumerable<VariableExpressionAst> Assigned(Ast body) => body.FindAll(node => node is VariableExpressionAst variable && IsAssigned(variable), searchNestedScriptBlocks: true)
        .Cast<VariableExpressionAst>().Where(variable => !variable.VariablePath.UserPath.Equals("null", StringComparison.OrdinalIgnoreCase));

    private static bool IsAssigned(VariableExpressionAst variable) => variable.Parent is AssignmentStatementAst { Operator: TokenKind.Equals } assignment && assignment.Left == variable;

    private static bool IsMandatory(AttributeAst attribute) => attribute.NamedArguments.Any(argument => argument.ArgumentName == "Mandatory");

    private static IEnumerable<Ast> Conditions(ScriptTree tree) =>
        [.. tree.Find<IfStatementAst>().SelectMany(statement => statement.Clauses).Select(clause => clause.Item1), .. tree.Find<LoopStatementAst>().Select(loop => loop.Condition).OfType<Ast>().Where(condition => condition.Parent is not ForEachStatementAst)];
}
