using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace MimHybrid.Documents.Tests.Checks;

/// <summary>Text for Windows PowerShell, read by PowerShell's own parser.</summary>
internal static partial class PowerShellText
{
    /// <summary>Commands of Windows PowerShell 5.1 that the documents use. One more is written down here after a look at 5.1's pages.</summary>
    private static readonly HashSet<string> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        "Add-LocalGroupMember", "Copy-Item", "Disable-ScheduledTask", "Enable-ScheduledTask", "Expand-Archive", "Format-List", "Format-Table", "Get-ChildItem", "Get-CimClass", "Get-CimInstance",
        "Get-Content", "Get-Credential", "Get-Date", "Get-FileHash", "Get-Help", "Get-LocalGroupMember", "Get-Process", "Get-ScheduledTask", "Get-ScheduledTaskInfo", "Get-Service", "Get-WinEvent",
        "Invoke-CimMethod", "Measure-Command", "Move-Item", "New-SelfSignedCertificate", "Read-Host", "Remove-Item", "Reset-ADServiceAccountPassword", "Restart-Computer",
        "Restart-Service", "Select-Object", "Select-String", "Set-Date", "Set-ExecutionPolicy", "Set-Location", "Sort-Object", "Start-ScheduledTask", "Start-Service", "Stop-Process",
        "Stop-ScheduledTask", "Stop-Service", "Test-NetConnection", "Test-Path", "Unblock-File", "Where-Object",
    };

    public static bool IsCommand(string word) => Commands.Contains(word);

    public static IEnumerable<string> Errors(string text)
    {
        var tree = Parser.ParseInput(text, out _, out var errors);
        return
        [
            .. errors.Select(error => $"{error.Message}, in: {error.Extent.Text}"),
            .. tree.FindAll(node => node is PipelineChainAst or TernaryExpressionAst, searchNestedScriptBlocks: true).Select(node => $"PowerShell 5.1 does not know: {node.Extent.Text}"),
            .. tree.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().SelectMany(command => Errors(command).Select(error => $"{error}, in: {command.Extent.Text}")),
        ];
    }

    private static IEnumerable<string> Errors(CommandAst command)
    {
        var name = Text(command.CommandElements[0]);
        if (name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)) return OurScripts.Errors(name, command);
        if (VerbAndNoun().IsMatch(name)) return Commands.Contains(name) ? [] : [$"{name} is no command that these documents use"];
        return Programs.Errors([name, .. command.CommandElements.Skip(1).Select(Text)]);
    }

    private static string Text(CommandElementAst element) => element switch
    {
        StringConstantExpressionAst constant => constant.Value,
        ExpandableStringExpressionAst expandable => expandable.Value,
        _ => element.Extent.Text,
    };

    [GeneratedRegex(@"^[A-Za-z]+-[A-Za-z]+$", RegexOptions.CultureInvariant)]
    private static partial Regex VerbAndNoun();
}
