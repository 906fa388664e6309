using System.Reflection;
using System.Text.RegularExpressions;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Infra.Tests;

/// <summary>The pages say what is there: parameters and metrics. Its commands are seen by MimHybrid.Documents.Tests.</summary>
public sealed class ReadmeTests
{
    private readonly string page = Infra.Read("README.md");

    [Fact]
    public void Every_parameter_is_in_the_table_and_no_other() => Assert.Equal(
        Regex.Matches(Infra.Read("main.bicep"), @"^param (\w+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
        Rows("## Parameters").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_metric_is_in_the_table_and_no_other() => Assert.Equal(
        typeof(TelemetryNames.Metric).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        Rows("## What leaves the server").Order(StringComparer.Ordinal));

    /// <summary>The names in code marks at the beginning of the rows of a section's table.</summary>
    private IEnumerable<string> Rows(string section)
    {
        var begin = page.IndexOf(section, StringComparison.Ordinal) + section.Length;
        var end = page.IndexOf("\n## ", begin, StringComparison.Ordinal);
        return Regex.Matches(page[begin..end], @"^\| `([^`]+)`", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
    }
}
