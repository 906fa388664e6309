using System.Reflection;
using System.Text.RegularExpressions;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Infra.Tests;

/// <summary>
/// The queries of alerts and workbook: every name in them is one that the agent sends. Whether it is KQL is seen by <see cref="KustoTests"/>.
/// </summary>
public sealed partial class QueryTests
{
    private static readonly HashSet<string> Names = [.. Constants(typeof(TelemetryNames))];

    public static TheoryData<string> Queries => [.. Infra.Queries.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Queries))]
    public void Every_name_is_one_that_the_agent_sends(string query)
    {
        var used = Name().Matches(Infra.Queries[query]).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.Contains(name, Names));
    }

    /// <summary>
    /// The alert rules add up this column; one that is missing would be an error of the rule at each evaluation. Where nothing was ever sent
    /// it is a number, too.
    /// </summary>
    [Fact]
    public void Every_query_of_an_alert_ends_with_one_row_and_its_column_Value() => Assert.All(
        Infra.Queries.Where(query => query.Key.StartsWith("alert-", StringComparison.Ordinal)),
        query => Assert.Matches(@"\| summarize Value = (countif\([^|]*\)|coalesce\((max|sum)\([^|]*\), 0\.0\))$", query.Value));

    /// <summary>A gauge says what is; events say what was, and an alert that adds up those of a window ends with the window.</summary>
    [Fact]
    public void An_alert_asks_what_each_server_said_last_or_all_along_and_adds_up_nothing() => Assert.All(
        Infra.Queries.Where(query => query.Key.StartsWith("alert-", StringComparison.Ordinal)),
        query =>
        {
            Assert.Contains("\ncustomMetrics\n", query.Value, StringComparison.Ordinal);
            Assert.Matches(@"\| summarize (arg_max\(timestamp, valueMax\)|Least = min\(valueMin\)|Last = max\(timestamp\))[^|]* by cloud_RoleInstance", query.Value);
        });

    /// <summary>Right after a start an agent has had no time to read, to run or to be approved.</summary>
    [Theory]
    [InlineData("alert-agent-held")]
    [InlineData("alert-no-good-cycle")]
    [InlineData("alert-graph-not-read")]
    public void One_row_after_a_restart_is_no_alert(string query) => Assert.Matches(">= 15m", Infra.Queries[query]);

    [Fact]
    public void The_workbook_has_a_row_for_each_server_with_what_the_alerts_ask()
    {
        var asked = Infra.Queries.Where(query => query.Key.StartsWith("alert-", StringComparison.Ordinal)).SelectMany(query => Name().Matches(query.Value))
            .Select(match => match.Groups[1].Value).Where(name => name is not (TelemetryNames.Metric.PollFailing or TelemetryNames.Key.Sequence or TelemetryNames.Key.ManagementAgent));

        Assert.All(asked, name => Assert.Contains($"name == '{name}'", Infra.Queries["overview"], StringComparison.Ordinal));
        Assert.Contains($"name == '{TelemetryNames.Metric.Provisioning}'", Infra.Queries["overview"], StringComparison.Ordinal);
    }

    /// <summary>Within the lists of a record the names are those of the properties, in camel case.</summary>
    [Theory]
    [InlineData("steps", "Step")]
    [InlineData("decisions", "Decision")]
    public void Every_field_of_a_list_is_one_that_is_written(string query, string variable)
    {
        var writer = File.ReadAllText(Path.Combine(Infra.Root, "src", "MimHybrid.Agent", "Json", "SentCycle.cs"));
        var fields = Regex.Matches(Infra.Queries[query], $@"\b{variable}\.(\w+)").Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(fields);
        Assert.All(fields, field => Assert.Matches($@"\b{char.ToUpperInvariant(field[0])}{field[1..]}\b", writer));
    }

    private static IEnumerable<string> Constants(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)
        .Concat(type.GetNestedTypes().SelectMany(Constants));

    [GeneratedRegex(@"'((?:mimhybrid|error|http|url|server)\.[a-z_.]+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
