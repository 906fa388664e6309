using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace MimHybrid.Scripts.Tests.Rules;

/// <summary>The main rules of PSScriptAnalyzer that a syntax tree can show (no package of NuGet has it), by its names where it has one.</summary>
public sealed class AnalyzerRules
{
    /// <summary>PSUseShouldProcessForStateChangingFunctions, and further verbs of ours that change something.</summary>
    private static readonly string[] ChangingVerbs =
        ["New", "Set", "Remove", "Start", "Stop", "Restart", "Reset", "Update", "Install", "Uninstall", "Grant", "Revoke", "Disable", "Protect", "Move", "Switch", "Backup", "Save", "Initialize"];

    /// <summary>What they act on is a tenant: New-MimHybridApp.ps1 asks once, for the whole, before it signs in.</summary>
    private static readonly string[] AskedByTheirCaller = ["Grant-GraphPermission", "Save-KeyCredential"];

    private static readonly HashSet<string> ApprovedVerbs =
    [
        .. new[] { typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => field.Name),
    ];

    /// <summary>Verbs that Windows PowerShell does not approve of yet.</summary>
    private static readonly string[] NewerVerbs = ["Build", "Deploy"];

    [Fact]
    public void UseApprovedVerbs() => Assert.Empty(
        Functions((_, function) => !ApprovedVerbs.Contains(Verb(function)) || NewerVerbs.Contains(Verb(function)) || function.Name.Count(character => character == '-') != 1));

    [Fact]
    public void UseSingularNouns_and_AvoidGlobalFunctions() => Assert.Empty(
        Functions((_, function) => (function.Name.EndsWith('s') && !function.Name.EndsWith("ss", StringComparison.Ordinal)) || function.Name.Contains(':', StringComparison.Ordinal)));

    /// <summary>Whoever may be asked must be able to answer beforehand: the installation's questions have -DisableOldTask and -DiscoverNames in the place of -Force.</summary>
    [Fact]
    public void AvoidShouldContinueWithoutForce() => Assert.All(
        ScriptTree.All.Where(tree => tree.Ast.Find(IsCallOf("ShouldContinue"), true) is not null),
        tree => Assert.All(
            tree.Functions.Where(function => function.Find(IsCallOf("ShouldContinue"), true) is not null).Select(function => function.Body).DefaultIfEmpty(tree.Ast),
            body => Assert.Contains(body.ParamBlock.Parameters, parameter => parameter.Name.VariablePath.UserPath is "Force" or "DisableOldTask" or "DiscoverNames")));

    [Fact]
    public void AvoidUsingCmdletAliases() => Assert.Empty(Commands(command => command.GetCommandName() is { } name && !name.Contains('-', StringComparison.Ordinal) && !name.EndsWith(".exe", StringComparison.Ordinal)));

    [Fact]
    public void AvoidUsingWriteHost_and_Invoke_Expression() => Assert.Empty(Commands(command => command.GetCommandName() is "Write-Host" or "Invoke-Expression" or "iex"));

    [Fact]
    public void AvoidUsingPlainTextForPassword() => Assert.Empty(
        from tree in ScriptTree.All
        from parameter in tree.Find<ParameterAst>()
        let name = parameter.Name.VariablePath.UserPath
        where name.Contains("Password", StringComparison.OrdinalIgnoreCase) || name.Contains("Secret", StringComparison.OrdinalIgnoreCase) || name.Contains("Credential", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Token", StringComparison.OrdinalIgnoreCase)
        where parameter.StaticType.Name is not ("SecureString" or "PSCredential" or "Boolean")
        select tree.At(parameter));

    [Fact]
    public void AvoidUsingConvertToSecureStringWithPlainText() => Assert.Empty(Commands(command => command.GetCommandName() == "ConvertTo-SecureString"));

    [Fact]
    public void AvoidUsingEmptyCatchBlock() => Assert.Empty(
        from tree in ScriptTree.All
        from block in tree.Find<CatchClauseAst>()
        where block.Body.Statements.Count == 0
        select tree.At(block));

    [Fact]
    public void ReviewUnusedParameter() => Assert.Empty(
        from tree in ScriptTree.All
        from parameter in tree.Find<ParameterAst>()
        where parameter.Parent is ParamBlockAst && parameter.Parent.Parent is ScriptBlockAst
        let name = parameter.Name.VariablePath.UserPath
        let body = (ScriptBlockAst)parameter.Parent.Parent
        where !body.FindAll(node => node is VariableExpressionAst variable && variable.Parent is not ParameterAst && variable.VariablePath.UserPath.Equals(name, StringComparison.OrdinalIgnoreCase), true).Any()
        where !tree.Name.EndsWith("Windows.ps1", StringComparison.Ordinal)
        select tree.At(parameter));

    [Fact]
    public void UseShouldProcessForStateChangingFunctions() => Assert.Empty(
        Functions((_, function) => ChangingVerbs.Contains(Verb(function)) && !AskedByTheirCaller.Contains(function.Name) && !(SupportsShouldProcess(function.Body) && CallsShouldProcess(function.Body))));

    /// <summary>Who declares it must ask it, and the other way round.</summary>
    [Fact]
    public void ShouldProcess() => Assert.Empty(
        Functions((_, function) => SupportsShouldProcess(function.Body) != CallsShouldProcess(function.Body)));

    [Fact]
    public void AvoidGlobalVars() => Assert.Empty(
        from tree in ScriptTree.All
        from variable in tree.Find<VariableExpressionAst>()
        where variable.VariablePath.IsGlobal
        select tree.At(variable));

    [Fact]
    public void PossibleIncorrectComparisonWithNull() => Assert.Empty(
        from tree in ScriptTree.All
        from comparison in tree.Find<BinaryExpressionAst>()
        where comparison.Right is VariableExpressionAst { VariablePath.UserPath: "null" }
        select tree.At(comparison));

    [Fact]
    public void Every_function_and_script_has_CmdletBinding() => Assert.Empty(
        Functions((_, function) => !HasCmdletBinding(function.Body)).Concat(Entrances().Where(tree => !HasCmdletBinding(tree.Ast)).Select(tree => tree.Name)));

    [Fact]
    public void Every_script_is_strict_and_stops_at_errors() => Assert.All(
        Entrances(), tree => Assert.True(
            tree.Commands.Any(command => command.Extent.Text == "Set-StrictMode -Version Latest") && tree.Find<AssignmentStatementAst>().Any(one => one.Extent.Text == "$ErrorActionPreference = 'Stop'"), tree.Name));

    /// <summary>A path is put together by .NET, which needs no drive to be there, and never by hand.</summary>
    [Fact]
    public void No_path_is_written_down() => Assert.Empty(
        from tree in ScriptTree.All
        from text in tree.Find<StringConstantExpressionAst>()
        where text.Value.Length > 2 && char.IsLetter(text.Value[0]) && text.Value[1] == ':' && text.Value[2] == '\\'
        select tree.At(text));

    private static IEnumerable<ScriptTree> Entrances() => ScriptTree.All.Where(tree => ScriptFiles.Entrances.Contains(tree.Path));

    private static string Verb(FunctionDefinitionAst function) => function.Name.Split('-')[0];

    private static IEnumerable<string> Functions(Func<ScriptTree, FunctionDefinitionAst, bool> wrong) =>
        from tree in ScriptTree.All
        from function in tree.Functions
        where wrong(tree, function)
        select $"{tree.Name}: {function.Name}";

    private static IEnumerable<string> Commands(Func<CommandAst, bool> wrong) =>
        from tree in ScriptTree.All
        from command in tree.Commands
        where wrong(command)
        select tree.At(command);

    private static bool HasCmdletBinding(ScriptBlockAst body) => body.ParamBlock?.Attributes.Any(attribute => attribute.TypeName.Name == "CmdletBinding") == true;

    private static bool SupportsShouldProcess(ScriptBlockAst body) => body.ParamBlock?.Attributes.OfType<AttributeAst>()
        .Any(attribute => attribute.NamedArguments.Any(argument => argument.ArgumentName == "SupportsShouldProcess")) == true;

    private static bool CallsShouldProcess(ScriptBlockAst body) => body.Find(IsCallOf("ShouldProcess"), true) is not null || body.Find(IsCallOf("ShouldContinue"), true) is not null;

    private static Func<Ast, bool> IsCallOf(string method) => node => node is InvokeMemberExpressionAst { Member: StringConstantExpressionAst member } && member.Value == method;
}
