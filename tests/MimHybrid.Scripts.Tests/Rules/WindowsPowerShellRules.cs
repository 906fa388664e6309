using System.Management.Automation;
using System.Management.Automation.Language;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests.Rules;

/// <summary>The scripts keep to the language, the commands and the .NET of Windows PowerShell 5.1; the parser here is PowerShell 7's, so it alone would not notice.</summary>
public sealed class WindowsPowerShellRules
{
    [Fact]
    public void Every_script_is_parsed_without_an_error()
    {
        Assert.InRange(ScriptTree.All.Count, 10, 100);
        Assert.Empty(ScriptTree.All.SelectMany(tree => tree.Errors.Select(error => $"{tree.Name}:{error.Extent.StartLineNumber} {error.Message}")));
    }

    [Fact]
    public void No_script_speaks_a_newer_language() => Assert.Empty(ScriptTree.All.SelectMany(Newer));

    [Theory]
    [InlineData("$a = $b ? 1 : 2")]
    [InlineData("$a = $b ?? 1")]
    [InlineData("$a ??= 1")]
    [InlineData("${a}?.Length")]
    [InlineData("${a}?[0]")]
    [InlineData("icacls x && sc y")]
    [InlineData("icacls x || sc y")]
    [InlineData("Start-Thing &")]
    [InlineData("clean { }")]
    [InlineData("$a = \"`u{1F600}\"")]
    [InlineData("$a = 5uy")]
    [InlineData("ForEach-Object -Parallel { 1 }")]
    public void The_rule_knows_what_is_newer(string text) => Assert.NotEmpty(Newer(ScriptTree.Of(text)).Concat(Unknown(ScriptTree.Of(text))));

    [Fact]
    public void No_script_uses_a_command_or_parameter_that_Windows_PowerShell_may_not_have() => Assert.Empty(ScriptTree.All.SelectMany(Unknown));

    [Theory]
    [InlineData("Get-Date -AsUTC")]
    [InlineData("Remove-Service -Name x")]
    [InlineData("ConvertFrom-Json -InputObject x -AsHashtable")]
    [InlineData("Invoke-RestMethod -Uri x -SkipHttpErrorCheck")]
    [InlineData("Test-Json x")]
    [InlineData("Disable-ScheduledTask -TaskName x -Confirm:$false")]
    public void The_rule_knows_commands_of_PowerShell_7(string text) => Assert.NotEmpty(Unknown(ScriptTree.Of(text)));

    [Fact]
    public void No_script_calls_what_only_newer_NET_has() => Assert.Empty(
        from tree in ScriptTree.All
        from call in tree.Find<InvokeMemberExpressionAst>()
        where call.Static && call.Member is StringConstantExpressionAst name && KnownCommands.OnlyInDotNet.Contains(name.Value)
        select tree.At(call));

    /// <summary>On Server 2016, PowerShell 7 reaches that module through a session of Windows PowerShell, and a task's State is a number there and a word elsewhere.</summary>
    [Fact]
    public void No_script_asks_the_module_ScheduledTasks() => Assert.Empty(
        from tree in ScriptTree.All
        from command in tree.Commands
        where command.GetCommandName()?.Contains("-ScheduledTask", StringComparison.OrdinalIgnoreCase) == true
        select tree.At(command));

    /// <summary>The stand-ins take no parameter that the real command may not have; those of Windows.ps1 are played for its functions.</summary>
    [Fact]
    public void The_stand_ins_know_no_more_than_Windows() => Assert.Empty(
        from standIn in ScriptRun.StandIns
        where !standIn.Name.EndsWith("StandIn", StringComparison.Ordinal)
        let known = KnownCommands.OfWindowsPowerShell.TryGetValue(standIn.Name, out var parameters)
            ? parameters
            : ScriptTree.All.Single(tree => tree.Name.EndsWith("Windows.ps1", StringComparison.Ordinal)).Functions.Where(function => function.Name == standIn.Name).SelectMany(ParametersOf)
        from property in standIn.Type.GetProperties()
        where property.IsDefined(typeof(ParameterAttribute), inherit: true) && !known.Contains(property.Name)
        where property.DeclaringType == standIn.Type
        select $"{standIn.Name} -{property.Name}");

    [Fact]
    public void A_stand_in_can_be_asked_to_confirm_only_where_Windows_can() => Assert.All(
        ScriptRun.StandIns.Where(standIn => KnownCommands.OfWindowsPowerShell.ContainsKey(standIn.Name)),
        standIn => Assert.True(
            standIn.Type.GetCustomAttributes(typeof(CmdletAttribute), false).Cast<CmdletAttribute>().Single().SupportsShouldProcess == KnownCommands.OfWindowsPowerShell[standIn.Name].Contains("Confirm"), standIn.Name));

    /// <summary>Windows PowerShell reads a file without a mark as ANSI: a letter beyond ASCII would be another one there.</summary>
    [Fact]
    public void Every_script_is_plain_ASCII() => Assert.Empty(
        from file in ScriptFiles.All
        from line in File.ReadAllLines(file)
        where !line.All(char.IsAscii)
        select $"{file}: {line}");

    private static IEnumerable<string> Newer(ScriptTree tree) =>
    [
        .. tree.Find<TernaryExpressionAst>().Select(node => $"{tree.At(node)}: a ternary"),
        .. tree.Find<PipelineChainAst>().Select(node => $"{tree.At(node)}: && or || between commands"),
        .. tree.Find<PipelineAst>().Where(node => node.Background).Select(node => $"{tree.At(node)}: & at the end"),
        .. tree.Find<MemberExpressionAst>().Where(node => node.NullConditional).Select(node => $"{tree.At(node)}: ?."),
        .. tree.Find<IndexExpressionAst>().Where(node => node.NullConditional).Select(node => $"{tree.At(node)}: ?[]"),
        .. tree.Find<ScriptBlockAst>().Where(node => node.CleanBlock is not null).Select(node => $"{tree.At(node)}: clean"),
        .. tree.Tokens.Where(token => token.Kind is TokenKind.QuestionQuestion or TokenKind.QuestionQuestionEquals or TokenKind.QuestionDot or TokenKind.QuestionLBracket or TokenKind.QuestionMark)
            .Select(token => $"{tree.Name}:{token.Extent.StartLineNumber} {token.Text}"),
        .. tree.Tokens.Where(token => token is StringExpandableToken && token.Text.Contains("`u{", StringComparison.Ordinal)).Select(token => $"{tree.Name}:{token.Extent.StartLineNumber} `u{{}}"),
        .. tree.Tokens.OfType<NumberToken>().Where(token => token.Text.TrimEnd('y', 's', 'u', 'n', 'Y', 'S', 'U', 'N').Length < token.Text.Length).Select(token => $"{tree.Name} {token.Text}"),
    ];

    private static IEnumerable<string> Unknown(ScriptTree tree)
    {
        var ours = ScriptTree.All.SelectMany(one => one.Functions).ToLookup(function => function.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var command in tree.Commands)
        {
            if (command.GetCommandName() is not { } name) continue; // by a variable: a function of the journal, or a program
            if (name.StartsWith('.') || name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)) continue;
            var known = ours.Contains(name)
                ? ours[name].SelectMany(ParametersOf)
                : KnownCommands.OfWindowsPowerShell.TryGetValue(name, out var parameters) ? parameters : null;
            if (known is null)
            {
                yield return $"{tree.At(command)}: {name} is not known";
                continue;
            }

            foreach (var parameter in command.CommandElements.OfType<CommandParameterAst>())
                if (!known.Concat(KnownCommands.Common).Contains(parameter.ParameterName, StringComparer.OrdinalIgnoreCase)) yield return $"{tree.At(command)}: -{parameter.ParameterName} is not known";
        }
    }

    private static IEnumerable<string> ParametersOf(FunctionDefinitionAst function) =>
    (string[])[
        .. function.Body.ParamBlock?.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath) ?? [],
        .. function.Body.ParamBlock?.Attributes.Any(attribute => attribute.Extent.Text.Contains("SupportsShouldProcess", StringComparison.Ordinal)) == true ? ["WhatIf", "Confirm"] : Array.Empty<string>(),
    ];
}
