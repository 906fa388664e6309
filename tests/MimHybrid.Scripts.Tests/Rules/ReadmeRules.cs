using System.Text.RegularExpressions;

namespace MimHybrid.Scripts.Tests.Rules;

/// <summary>What the README for administrators says is there; whether its commands can be typed is seen by MimHybrid.Documents.Tests.</summary>
public sealed partial class ReadmeRules
{
    private static readonly string Text = File.ReadAllText(Path.Combine(ScriptFiles.Folder, "README.md"));

    [Fact]
    public void Every_script_has_all_its_parameters_in_the_tables_and_nothing_else_is_there()
    {
        var known = ScriptTree.All.Where(tree => ScriptFiles.Entrances.Contains(tree.Path))
            .SelectMany(tree => tree.Ast.ParamBlock.Parameters.Select(parameter => "-" + parameter.Name.VariablePath.UserPath)).ToHashSet(StringComparer.Ordinal);
        var told = Rows().SelectMany(row => Parameter().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(known.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_quick_start_has_at_most_five_things_to_type()
    {
        var quick = Text.Split("## Quick start")[1].Split("\n## ")[0];

        Assert.InRange(Step().Count(quick), 1, 5);
    }

    /// <summary>Each row of who could try what names a test that is there.</summary>
    [Fact]
    public void What_shows_that_an_attack_fails_is_there()
    {
        var tests = typeof(ReadmeRules).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FactAttribute), inherit: true)).Select(method => $"{method.DeclaringType?.Name}.{method.Name}").ToHashSet(StringComparer.Ordinal);
        var named = Test().Matches(Text.Split("## Who could try what")[1].Split("\n## ")[0]).Select(match => match.Groups[1].Value).ToList();

        Assert.InRange(named.Count, 20, 60);
        Assert.Empty(named.Except(tests));
    }

    private static IEnumerable<string> Rows() => Text.Split('\n').Where(line => line.StartsWith("| `-", StringComparison.Ordinal));

    [GeneratedRegex(@"`(-\w+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"`(\w+Tests\.\w+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Test();

    [GeneratedRegex(@"^\d\. ", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
