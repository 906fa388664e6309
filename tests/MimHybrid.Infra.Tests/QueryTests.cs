using System.Reflection;
using System.Text.RegularExpressions;
using MimHybrid.Store.Rows;
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

    /// <summary>The alert rules add up this column; one that is missing would be an error of the rule at each evaluation.</summary>
    [Fact]
    public void Every_query_of_an_alert_ends_with_one_row_and_its_column_Value() => Assert.All(
        Infra.Queries.Where(query => query.Key.StartsWith("alert-", StringComparison.Ordinal)),
        query => Assert.Matches(@"\| summarize Value = [a-z]+\([^|]*\)$", query.Value));

    [Fact]
    public void The_outcomes_that_count_as_good_are_those_of_the_agent()
    {
        var good = Enum.GetValues<CycleOutcome>()
            .Where(outcome => new CycleRecord { Id = 1, Function = "", Trigger = default, Sequence = "", Reason = "", StartedAt = default, Outcome = outcome }.EndedWell)
            .Select(outcome => $"'{TelemetryWords.Snake(outcome)}'");

        Assert.Contains($"in ({string.Join(", ", good)})", Infra.Queries["alert-no-good-cycle"], StringComparison.Ordinal);
    }

    /// <summary>The directory's refusal leaves a guest without an account, however well the cycle ended otherwise.</summary>
    [Fact]
    public void A_cycle_in_which_an_account_was_refused_counts_as_none_of_them_and_has_an_alert_of_its_own()
    {
        Assert.Contains(
            $"coalesce(toint(customDimensions['{TelemetryNames.Record.Refused}']), 0) == 0",
            Infra.Queries["alert-no-good-cycle"], StringComparison.Ordinal);
        Assert.Contains($"'{TelemetryNames.Metric.ExportRefused}'", Infra.Queries["alert-accounts-refused"], StringComparison.Ordinal);
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
