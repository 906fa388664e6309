using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace MimHybrid.Documents.Tests.Checks;

/// <summary>Text for Windows PowerShell, read by PowerShell's own parser.</summary>
internal static partial class PowerShellText
{
    /// <summary>Commands of Windows PowerShell 5.1 that the documents use, each with the parameters that they use by name. One more is written down here after a look at 5.1's pages.</summary>
    private static readonly Dictionary<string, string[]> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Disable-ScheduledTask"] = ["TaskName"],
        ["Enable-ScheduledTask"] = ["TaskName"],
        ["Expand-Archive"] = [],
        ["Format-List"] = [],
        ["Get-ChildItem"] = [],
        ["Get-CimClass"] = ["Namespace"],
        ["Get-CimInstance"] = ["Namespace", "Query"],
        ["Get-Content"] = [],
        ["Get-Credential"] = [],
        ["Get-Date"] = [],
        ["Get-FileHash"] = [],
        ["Get-LocalGroupMember"] = [],
        ["Get-Process"] = [],
        ["Get-WinEvent"] = ["LogName", "MaxEvents"],
        ["Invoke-CimMethod"] = [],
        ["Measure-Command"] = [],
        ["New-SelfSignedCertificate"] = ["Subject", "CertStoreLocation", "KeyExportPolicy", "Provider", "KeyLength", "HashAlgorithm", "NotAfter"],
        ["Read-Host"] = ["AsSecureString"],
        ["Connect-ExchangeOnline"] = [],
        ["New-ApplicationAccessPolicy"] = [],
        ["New-ManagementRoleAssignment"] = ["App", "Role", "CustomResourceScope"],
        ["New-ManagementScope"] = ["Name", "RecipientRestrictionFilter"],
        ["New-ServicePrincipal"] = ["AppId", "ObjectId", "DisplayName"],
        ["Test-ServicePrincipalAuthorization"] = ["Identity", "Resource"],
        ["Reset-ADServiceAccountPassword"] = [],
        ["Restart-Computer"] = [],
        ["Restart-Service"] = [],
        ["Set-Alias"] = [],
        ["Set-Date"] = [],
        ["Set-ExecutionPolicy"] = ["Scope", "Force"],
        ["Set-Location"] = [],
        ["Start-Service"] = [],
        ["Stop-Process"] = ["Name", "Force"],
        ["Stop-Service"] = ["Force"],
        ["Where-Object"] = ["EQ"],
    };

    public static bool IsCommand(string word) => Commands.ContainsKey(word);

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
        if (VerbAndNoun().IsMatch(name))
        {
            if (!Commands.TryGetValue(name, out var known)) return [$"{name} is no command that these documents use"];
            return command.CommandElements.OfType<CommandParameterAst>().Where(given => !known.Contains(given.ParameterName, StringComparer.OrdinalIgnoreCase))
                .Select(given => $"{name} has no -{given.ParameterName} here");
        }

        if (name.Equals("sc", StringComparison.OrdinalIgnoreCase)) return ["in Windows PowerShell sc is Set-Content; the program is sc.exe"];
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
