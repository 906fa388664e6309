using System.Text.Json;

namespace MimHybrid.Infra.Tests;

/// <summary>The alert rules as Azure gets them: what each asks, when it is told, and when that is over.</summary>
public sealed class RuleTests : IClassFixture<Compilation>
{
    private const string Prefix = "mimhybrid-";

    private readonly Dictionary<string, JsonElement> rules;

    public RuleTests(Compilation compilation)
    {
        Assert.SkipUnless(BicepCompiler.RunsHere, "THE ALERT RULES WERE NOT CHECKED: the compiler of this test is the one for linux-x64. Run it there before a release.");
        rules = compilation.Predicted("main.bicepparam", "Microsoft.Insights/scheduledQueryRules").ToDictionary(rule => rule.GetProperty("name").GetString()![Prefix.Length..]);
    }

    [Fact]
    public void Each_rule_asks_the_query_that_has_its_name_and_the_page_names_it()
    {
        Assert.Equal(
            Infra.Queries.Keys.Where(query => query.StartsWith("alert-", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            rules.Keys.Select(rule => $"alert-{rule}").Order(StringComparer.Ordinal));
        var page = Infra.Read("README.md");
        Assert.All(rules, rule =>
        {
            Assert.Equal(Infra.Queries[$"alert-{rule.Key}"], Condition(rule.Value).GetProperty("query").GetString()!.TrimEnd());
            Assert.Contains($"| `alert-{rule.Key}.kql` |", page, StringComparison.Ordinal);
        });
    }

    /// <summary>Whoever deployed last may leave, and their permissions with them.</summary>
    [Fact]
    public void Each_rule_asks_as_the_identity_that_can_read() => Assert.All(rules.Values, rule =>
    {
        Assert.Equal("UserAssigned", rule.GetProperty("identity").GetProperty("type").GetString());
        Assert.EndsWith("/mimhybrid-alerts", Assert.Single(rule.GetProperty("identity").GetProperty("userAssignedIdentities").EnumerateObject()).Name, StringComparison.Ordinal);
    });

    /// <summary>
    /// What never came cannot be above anything: before an agent is connected no rule fires, since each fires above a number and not below one.
    /// </summary>
    [Fact]
    public void No_rule_fires_where_nothing_was_ever_sent() => Assert.All(rules.Values, rule =>
    {
        Assert.Equal("GreaterThan", Condition(rule).GetProperty("operator").GetString());
        Assert.True(Condition(rule).GetProperty("threshold").GetInt32() >= 0);
    });

    /// <summary>
    /// Whoever looks back two days at most cannot tell an agent that came back from one that has been away for longer: such an alert must
    /// not say of itself that it is over. Actions can be muted of rules that do not resolve by themselves alone.
    /// </summary>
    [Fact]
    public void The_silence_of_an_agent_does_not_end_by_itself_and_is_told_once_a_day()
    {
        Assert.All(rules, rule => Assert.Equal(rule.Key != "agent-silent", Properties(rule.Value).GetProperty("autoMitigate").GetBoolean()));
        Assert.All(rules, rule => Assert.Equal(rule.Key == "agent-silent", Properties(rule.Value).TryGetProperty("muteActionsDuration", out var mute) && mute.ValueKind == JsonValueKind.String));
        Assert.Equal(("P2D", "P1D"), (Properties(rules["agent-silent"]).GetProperty("windowSize").GetString(), Properties(rules["agent-silent"]).GetProperty("muteActionsDuration").GetString()));
    }

    [Fact]
    public void What_lasts_longer_than_the_parameters_allow_is_told()
    {
        Assert.Equal((120, 30, 2), (Threshold("no-good-cycle"), Threshold("graph-not-read"), Threshold("cycles-failing")));
        Assert.All(rules.Keys.Except(["no-good-cycle", "graph-not-read", "cycles-failing"]), rule => Assert.Equal(0, Threshold(rule)));
    }

    private int Threshold(string rule) => Condition(rules[rule]).GetProperty("threshold").GetInt32();

    private static JsonElement Properties(JsonElement rule) => rule.GetProperty("properties");

    private static JsonElement Condition(JsonElement rule) => Assert.Single(Properties(rule).GetProperty("criteria").GetProperty("allOf").EnumerateArray());
}
