using System.Text.Json;
using System.Text.RegularExpressions;

namespace MimHybrid.Infra.Tests;

/// <summary>The workbook: its shape as Azure wants it, its queries as the files that people read.</summary>
public sealed partial class WorkbookTests : IDisposable
{
    private const int Parameters = 9;
    private const int Query = 3;

    private readonly JsonDocument workbook = JsonDocument.Parse(Infra.Read("workbook", "run-log.json"));

    private List<JsonElement> Items => [.. workbook.RootElement.GetProperty("items").EnumerateArray()];

    private IEnumerable<JsonElement> Queries => Items.Where(item => item.GetProperty("type").GetInt32() == Query);

    private IEnumerable<(JsonElement Item, JsonElement Parameter)> Exports => Queries
        .Where(item => item.GetProperty("content").TryGetProperty("exportedParameters", out _))
        .SelectMany(item => item.GetProperty("content").GetProperty("exportedParameters").EnumerateArray().Select(parameter => (item, parameter)));

    [Fact]
    public void It_is_a_notebook_whose_items_have_names_of_their_own()
    {
        Assert.Equal("Notebook/1.0", workbook.RootElement.GetProperty("version").GetString());
        var names = Items.Select(item => item.GetProperty("name").GetString()).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.All(Items, item => Assert.Contains(item.GetProperty("type").GetInt32(), (int[])[1, Query, Parameters]));
        Assert.All(Queries, item => Assert.Equal(
            ("KqlItem/1.0", 0, "microsoft.insights/components", "TimeRange"),
            (Text(item, "version"), item.GetProperty("content").GetProperty("queryType").GetInt32(), Text(item, "resourceType"), Text(item, "timeContextFromParameter"))));
    }

    [Fact]
    public void Its_queries_are_the_files_word_for_word_and_no_file_is_left_over()
    {
        Assert.All(Queries, item => Assert.Equal(Infra.Queries[item.GetProperty("name").GetString()!], Text(item, "query")));
        Assert.Equal(Infra.Queries["servers"], Parameter("Server").GetProperty("query").GetString());

        var shown = Queries.Select(item => item.GetProperty("name").GetString()!).Append("servers");
        var watched = Regex.Matches(Infra.Read("modules", "alerts.bicep"), @"queries/([a-z-]+)\.kql").Select(match => match.Groups[1].Value);
        Assert.Equal(Infra.Queries.Keys.Order(StringComparer.Ordinal), shown.Concat(watched).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_begins_with_a_row_per_server_and_the_latency() => Assert.Equal(["overview", "latency"], Queries.Take(2).Select(item => item.GetProperty("name").GetString()));

    [Fact]
    public void Every_parameter_that_a_query_uses_is_asked_for_or_comes_from_a_chosen_row()
    {
        var known = Items.Where(item => item.GetProperty("type").GetInt32() == Parameters)
            .SelectMany(item => item.GetProperty("content").GetProperty("parameters").EnumerateArray())
            .Select(parameter => parameter.GetProperty("name").GetString()!)
            .Concat(Exports.Select(export => export.Parameter.GetProperty("parameterName").GetString()!))
            .ToHashSet();

        Assert.All(Queries.SelectMany(item => Used().Matches(Text(item, "query"))), match => Assert.Contains(match.Groups[1].Value, known));
        Assert.All(Items.Where(item => item.TryGetProperty("conditionalVisibility", out _)),
            item => Assert.Contains(item.GetProperty("conditionalVisibility").GetProperty("parameterName").GetString()!, known));
    }

    [Fact]
    public void The_row_that_is_chosen_hands_on_columns_that_the_query_has() => Assert.All(
        Exports, export => Assert.Matches($@"\n    {export.Parameter.GetProperty("fieldName").GetString()}\b", Text(export.Item, "query")));

    public void Dispose() => workbook.Dispose();

    private static string Text(JsonElement item, string name) => item.GetProperty("content").GetProperty(name).GetString()!;

    private JsonElement Parameter(string name) => Items.Single(item => item.GetProperty("type").GetInt32() == Parameters)
        .GetProperty("content").GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == name);

    [GeneratedRegex(@"\{([A-Za-z]+)(?::[a-z]+)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Used();
}
