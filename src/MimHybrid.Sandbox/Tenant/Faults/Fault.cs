using System.Globalization;
using System.Text.Json.Nodes;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>A way in which a request can go wrong.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>Another answer than the tenant's own, sent as it stands here.</summary>
    public sealed record Answer(int Status, string Body, string ContentType = "application/json") : Fault
    {
        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
    }

    /// <summary>The tenant's own answer, of which the connection delivers the first half only.</summary>
    public sealed record CutBody : Fault;

    /// <summary>The tenant's own answer, of which the first half comes; then the connection stays open and silent.</summary>
    public sealed record StallBody : Fault;

    /// <summary>The connection is dropped without an answer.</summary>
    public sealed record Reset : Fault;

    /// <summary>The tenant's own answer, later; for ever with <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public sealed record Delay(TimeSpan By) : Fault;

    /// <summary>
    /// A delta round in which nothing has changed yet: an empty page with the delta link that was asked with, so that the changes come
    /// later (MimHybrid.Graph/README.md#replicas-lag). Requests without a delta token get their usual answer.
    /// </summary>
    public sealed record NothingYet : Fault;

    /// <summary>No answer until the client gives up.</summary>
    public static Fault Hang => new Delay(Timeout.InfiniteTimeSpan);

    /// <summary>A refusal in Graph's JSON.</summary>
    public static Fault Error(int status, string code, string message)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message, ["innerError"] = new JsonObject() };
        return new Answer(status, new JsonObject { ["error"] = error }.ToJsonString());
    }

    /// <summary>429 TooManyRequests.</summary>
    /// <param name="retryAfter">The header as it stands, seconds or an HTTP date; null for none.</param>
    public static Fault Throttled(string? retryAfter) =>
        (Answer)Error(429, "TooManyRequests", "Too many requests.") with { Headers = RetryAfter(retryAfter) };

    /// <summary>429 TooManyRequests with Retry-After in seconds.</summary>
    public static Fault Throttled(int retryAfterSeconds) => Throttled(retryAfterSeconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>503 as delta returns it at times: a code and no message (MimHybrid.Graph/README.md#error-codes).</summary>
    public static Fault Unavailable(string? retryAfter = null) =>
        (Answer)Error(503, "UnknownError", "") with { Headers = RetryAfter(retryAfter) };

    /// <summary>A page for people, such as a proxy sends.</summary>
    public static Fault Html(int status) => new Answer(status, "<html><body><h1>Proxy</h1></body></html>", "text/html; charset=utf-8");

    /// <summary>A status and no body at all.</summary>
    public static Fault Empty(int status) => new Answer(status, "", "");

    /// <summary>A page with this text, whatever it is.</summary>
    public static Fault Page(string json) => new Answer(200, json, "application/json;odata.metadata=minimal;charset=utf-8");

    private static Dictionary<string, string> RetryAfter(string? value) => value is null ? [] : new() { ["Retry-After"] = value };
}
