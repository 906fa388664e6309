using System.Management.Automation.Language;

namespace MimHybrid.Scripts.Tests.Rules;

/// <summary>What a machine reads is written and compared in the same way on a Finnish, a Thai or a Turkish server: nothing takes the culture of whoever runs a script.</summary>
public sealed class CultureRules
{
    private static readonly string[] Comparing = ["StartsWith", "EndsWith", "IndexOf", "LastIndexOf", "Compare", "CompareTo"];
    private static readonly string[] Reading = ["Parse", "TryParse", "ParseExact", "TryParseExact", "Format"];

    /// <summary>The same in each culture: of a time span and of a Guid.</summary>
    private static readonly string[] Invariant = ["c", "N"];

    [Fact]
    public void Nothing_takes_the_culture_of_the_server() => Assert.Empty(ScriptTree.All.SelectMany(tree => Found(tree).Select(tree.At)));

    [Theory]
    [InlineData("$a.ToString('yyyy-MM-dd')")]
    [InlineData("$a.ToString()")]
    [InlineData("'{0:X8}' -f $a")]
    [InlineData("Get-Date")]
    [InlineData("Get-Date -Format s")]
    [InlineData("$a.StartsWith('*')")] // in Thai, every text begins with an asterisk
    [InlineData("$a.EndsWith('$')")]
    [InlineData("$a.IndexOf('.')")]
    [InlineData("$a.ToLower()")]
    [InlineData("[datetime]::Parse($a)")]
    [InlineData("[string]::Format('{0}', $a)")]
    public void The_rule_sees_what_does(string text) => Assert.NotEmpty(Found(ScriptTree.Of(text)));

    [Theory]
    [InlineData("$a.ToString('yyyy', [Globalization.CultureInfo]::InvariantCulture)")]
    [InlineData("$a.ToString('c')")]
    [InlineData("[Guid]::NewGuid().ToString('N')")]
    [InlineData("$a.StartsWith('*', 'Ordinal')")]
    [InlineData("\"$a\"")]
    public void The_rule_sees_what_does_not(string text) => Assert.Empty(Found(ScriptTree.Of(text)));

    private static IEnumerable<Ast> Found(ScriptTree tree) =>
    [
        .. tree.Find<InvokeMemberExpressionAst>().Where(IsByCulture),
        .. tree.Find<BinaryExpressionAst>().Where(binary => binary.Operator == TokenKind.Format),
        .. tree.Commands.Where(command => command.GetCommandName() is "Get-Date"),
    ];

    private static bool IsByCulture(InvokeMemberExpressionAst call)
    {
        if (call.Expression.Extent.Text == "[BitConverter]") return false;
        if (call.Member is not StringConstantExpressionAst { Value: var name }) return false;
        var arguments = call.Arguments?.ToList() ?? [];
        var says = arguments.Any(argument => argument.Extent.Text.Contains("Invariant", StringComparison.Ordinal) || argument.Extent.Text.Contains("Ordinal", StringComparison.Ordinal));
        return name switch
        {
            "ToString" => !says && !(arguments is [StringConstantExpressionAst { Value: var format }] && Invariant.Contains(format)),
            "ToLower" or "ToUpper" => true,
            _ => !says && (Comparing.Contains(name) || (Reading.Contains(name) && call.Static)),
        };
    }
}
