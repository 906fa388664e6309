using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Headers;

namespace MimHybrid.Graph;

/// <summary>
/// What Graph says of load, for dashboards: requests, resource units, and how near the limit is (reference/graph-delta.md 1.5). Never a
/// link or a tenant: tags are statuses and the first words of Graph's headers.
/// </summary>
public static class GraphMeter
{
    public const string Name = "MimHybrid.Graph";

    private const int LongestTag = 64;

    private static readonly Meter Meter = new(Name, Product.Version);

    private static readonly Counter<long> Requests =
        Meter.CreateCounter<long>("mimhybrid.graph.requests", "{request}", "Answers of Graph, by status.");

    private static readonly Counter<long> ResourceUnits =
        Meter.CreateCounter<long>("mimhybrid.graph.resource_units", "{resource_unit}", "What the requests cost, by x-ms-resource-unit.");

    private static readonly Histogram<double> LimitUsed = Meter.CreateHistogram<double>(
        "mimhybrid.graph.throttle.limit_used", "1", "Share of the limit that is used up; Graph tells it above 0.8 only.");

    private static readonly Counter<long> Throttled = Meter.CreateCounter<long>(
        "mimhybrid.graph.throttled", "{request}", "Answers 429, by the scope and the cause that Graph gives.");

    internal static void Record(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        Requests.Add(1, new KeyValuePair<string, object?>("http.response.status_code", status));
        if (Number(response.Headers, "x-ms-resource-unit") is { } units) ResourceUnits.Add((long)units);
        if (Number(response.Headers, "x-ms-throttle-limit-percentage") is { } used) LimitUsed.Record(used);
        if (status != 429) return;

        Throttled.Add(
            1,
            new KeyValuePair<string, object?>("mimhybrid.graph.throttle.scope", Word(response.Headers, "x-ms-throttle-scope")),
            new KeyValuePair<string, object?>("mimhybrid.graph.throttle.information", Word(response.Headers, "x-ms-throttle-information")));
    }

    private static double? Number(HttpResponseHeaders headers, string name) =>
        Text(headers, name) is { } text
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    /// <summary>The first part of a scope such as Tenant_Application/ReadWrite/TENANT/APPLICATION: the ids would make a series for each.</summary>
    private static string? Word(HttpResponseHeaders headers, string name) =>
        Text(headers, name)?.Split('/')[0] is { Length: > 0 and <= LongestTag } word ? word : null;

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
