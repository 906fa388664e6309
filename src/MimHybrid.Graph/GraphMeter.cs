using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Headers;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Graph;

/// <summary>
/// What polls and Graph's requests are measured by, and what Graph says of load: resource units, and how near the limit is
/// (README.md#throttling). Never a link, a tenant or a user: attributes are templates, statuses and the first words of Graph's headers.
/// </summary>
public static class GraphMeter
{
    public const string Name = "MimHybrid.Graph";

    private const int LongestTag = 64;

    private static readonly Meter Meter = new(Name, Product.Version);

    private static readonly Counter<long> Changes = Meter.CreateCounter<long>(
        TelemetryNames.Metric.ChangesDetected, "{change}", "Guest changes found that start a cycle, by kind.");

    private static readonly Counter<long> ResourceUnits = Meter.CreateCounter<long>(
        TelemetryNames.Metric.GraphResourceUnits, "{resource_unit}", "What the requests cost, by x-ms-resource-unit.");

    private static readonly Histogram<double> LimitUtilization = Meter.CreateHistogram<double>(
        TelemetryNames.Metric.GraphLimitUtilization, "1", "Share of the limit that is used up; Graph tells it above 0.8 only.");

    private static readonly Counter<long> Throttled = Meter.CreateCounter<long>(
        TelemetryNames.Metric.GraphThrottledRequests, "{request}", "Answers 429, by the scope and the cause that Graph gives.");

    internal static ActivitySource Spans { get; } = new(Name, Product.Version);

    internal static Histogram<double> PollDuration { get; } = Meter.CreateHistogram(
        TelemetryNames.Metric.PollDuration, "s", "How long polls took, by outcome; of those that failed, by cause.",
        tags: null, TelemetryWords.Requests);

    /// <summary>
    /// By the stable name of the conventions (https://opentelemetry.io/docs/specs/semconv/http/http-metrics/), so that dashboards of HTTP
    /// clients show it; it is that of our meter, and .NET's own of the same name, to which nobody listens, knows no template.
    /// </summary>
    internal static Histogram<double> RequestDuration { get; } = Meter.CreateHistogram(
        TelemetryNames.Metric.HttpRequestDuration, "s", "How long requests to Graph took, sign-in and body included.",
        tags: null, TelemetryWords.Requests);

    /// <summary>As committed, at each of the commits that can make changes pending.</summary>
    internal static void Count(CommittedChanges committed)
    {
        foreach (var (kind, count) in committed.Pending)
            Changes.Add(count, new KeyValuePair<string, object?>(TelemetryNames.Key.ChangeKind, TelemetryWords.Snake(kind)));
    }

    internal static void RecordLoad(HttpResponseMessage response)
    {
        if (Number(response.Headers, "x-ms-resource-unit") is { } units) ResourceUnits.Add((long)units);
        if (Number(response.Headers, "x-ms-throttle-limit-percentage") is { } used) LimitUtilization.Record(used);
        if ((int)response.StatusCode != 429) return;

        Throttled.Add(
            1,
            new KeyValuePair<string, object?>(TelemetryNames.Key.ThrottleScope, Word(response.Headers, "x-ms-throttle-scope")),
            new KeyValuePair<string, object?>(TelemetryNames.Key.ThrottleInformation, Word(response.Headers, "x-ms-throttle-information")));
    }

    private static double? Number(HttpResponseHeaders headers, string name) =>
        Text(headers, name) is { } text
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    /// <summary>
    /// The first part of a scope such as Tenant_Application/ReadWrite/TENANT/APPLICATION: the ids would make a series for each.
    /// </summary>
    private static string? Word(HttpResponseHeaders headers, string name) =>
        Text(headers, name)?.Split('/')[0] is { Length: > 0 and <= LongestTag } word ? word : null;

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
