using System.Text.Json;

namespace MimHybrid.EndToEnd.Tests.Telemetry;

/// <summary>What was sent to Application Insights, as its tables show it: by table, the names of the rows and of their properties (customDimensions).</summary>
internal sealed class Tables
{
    /// <summary>Which kind of telemetry is kept where: https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete.</summary>
    private static readonly Dictionary<string, string> TableOf = new()
    {
        ["EventData"] = "customEvents",
        ["MetricData"] = "customMetrics",
        ["RemoteDependencyData"] = "dependencies",
        ["RequestData"] = "requests",
    };

    private readonly ILookup<string, string> names;

    /// <param name="sent">One item a line.</param>
    public Tables(string sent)
    {
        names = sent.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(NamesOf).Distinct().ToLookup(entry => entry.Table, entry => entry.Name);
    }

    public IEnumerable<string> In(string table) => names[table];

    public bool Any(string name) => names.Any(table => table.Contains(name));

    private static IEnumerable<(string Table, string Name)> NamesOf(string line)
    {
        using var item = JsonDocument.Parse(line);
        var data = item.RootElement.GetProperty("data");
        var row = data.GetProperty("baseData");
        var table = TableOf[data.GetProperty("baseType").GetString()!];
        var name = table == "customMetrics" ? row.GetProperty("metrics")[0].GetProperty("name") : row.GetProperty("name");
        var properties = row.TryGetProperty("properties", out var found) ? found.EnumerateObject().Select(property => property.Name) : [];
        return [.. properties.Prepend(name.GetString()!).Select(each => (table, each))];
    }
}
