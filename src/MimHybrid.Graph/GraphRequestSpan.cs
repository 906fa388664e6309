using System.Diagnostics;
using System.Globalization;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Graph;

/// <summary>
/// One request as telemetry sees it, with the attributes of an HTTP client (https://opentelemetry.io/docs/specs/semconv/http/http-spans/)
/// but for the address: a delta link is a secret, so its template stands for it.
/// </summary>
internal sealed class GraphRequestSpan : IDisposable
{
    private readonly GraphEndpoints endpoints;
    private readonly TimeProvider time;
    private readonly long startedAt;
    private readonly string template;
    private readonly int port;
    private readonly Activity? span;
    private int? status;

    public GraphRequestSpan(string url, GraphEndpoints endpoints, TimeProvider time)
    {
        (this.endpoints, this.time, startedAt) = (endpoints, time, time.GetTimestamp());
        (template, port) = (TemplateOf(url, endpoints.Root), new Uri(endpoints.Root).Port);
        span = GraphMeter.Spans.StartActivity($"GET {template}", ActivityKind.Client);
        span?.SetTag(TelemetryNames.Convention.HttpMethod, "GET")
            .SetTag(TelemetryNames.Convention.ServerAddress, endpoints.GraphHost)
            .SetTag(TelemetryNames.Convention.ServerPort, port)
            .SetTag(TelemetryNames.Convention.UrlTemplate, template);
    }

    public void Heard(HttpResponseMessage response)
    {
        status = (int)response.StatusCode;
        span?.SetTag(TelemetryNames.Convention.HttpStatus, status);
        GraphMeter.RecordLoad(response);
    }

    public GraphReply<T> End<T>(GraphReply<T> reply)
    {
        var failure = (reply as GraphReply<T>.Refusal)?.Error.Failure;
        var errorType = failure is null ? null : status is { } code and not 200
            ? code.ToString(CultureInfo.InvariantCulture)
            : TelemetryWords.Snake(failure.Class);
        if (failure?.RequestId is { } id) span?.SetTag(TelemetryNames.Key.GraphRequestId, id.ToString());
        if (errorType is not null) span?.Fail(errorType, failure!.Sentence);
        Record(errorType);
        return reply;
    }

    public void Dispose() => span?.Dispose();

    private void Record(string? errorType)
    {
        if (!GraphMeter.RequestDuration.Enabled) return;
        var tags = new TagList
        {
            { TelemetryNames.Convention.HttpMethod, "GET" },
            { TelemetryNames.Convention.ServerAddress, endpoints.GraphHost },
            { TelemetryNames.Convention.ServerPort, port },
            { TelemetryNames.Convention.UrlTemplate, template },
        };
        if (status is { } code) tags.Add(TelemetryNames.Convention.HttpStatus, code);
        if (errorType is not null) tags.Add(TelemetryNames.Convention.ErrorType, errorType);
        GraphMeter.RequestDuration.Record(time.GetElapsedTime(startedAt).TotalSeconds, tags);
    }

    /// <summary>The path without the root, without a query, and without anybody's id.</summary>
    private static string TemplateOf(string url, string root)
    {
        var path = url.StartsWith(root, StringComparison.OrdinalIgnoreCase) ? url[root.Length..].Split('?')[0] : "";
        return path switch
        {
            "/users" or "/users/$count" => path,
            _ when path.Contains("delta", StringComparison.OrdinalIgnoreCase) => "/users/delta",
            _ => "/users/{id}",
        };
    }
}
