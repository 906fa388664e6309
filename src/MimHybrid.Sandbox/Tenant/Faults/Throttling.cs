using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// Says on each answer of Graph what the request cost, and throttles an application that has used up its limit
/// (MimHybrid.Graph/README.md#throttling). One that comes back too early is throttled afresh, and its request recorded so. Thread-safe.
/// </summary>
/// <remarks>
/// The headers are those of Graph's page on throttling limits, identity and access. What a bucket does while it is full, and for how long
/// Graph closes it, is nowhere said: this one asks for whole seconds, until the refused request fits.
/// </remarks>
public sealed class Throttling
{
    private const double WorthTelling = 0.8;
    private const double MostTold = 1.8;

    private readonly Lock gate = new();
    private readonly Dictionary<string, ResourceBucket> buckets = new(StringComparer.OrdinalIgnoreCase);
    private readonly string tenantId;
    private readonly TimeProvider time;
    private volatile ThrottleLimit? limit;

    internal Throttling(string tenantId, TimeProvider time) => (this.tenantId, this.time) = (tenantId, time);

    /// <summary>What each application may ask for; null for no limit. A new one begins with empty buckets.</summary>
    public ThrottleLimit? Limit
    {
        get => limit;
        set
        {
            lock (gate)
            {
                buckets.Clear();
                limit = value;
            }
        }
    }

    internal Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var units = ResourceUnits.Of(context.Request);
        var headers = context.Response.Headers;
        headers["x-ms-resource-unit"] = units.ToString(CultureInfo.InvariantCulture);
        var clientId = ((AccessGrant)context.Items[typeof(AccessGrant)]!).ClientId;
        if (limit is not { } inForce || Spend(clientId, units, inForce) is not { } verdict)
            return next(context);

        if (verdict.Used > WorthTelling)
            headers["x-ms-throttle-limit-percentage"] = Math.Min(verdict.Used, MostTold).ToString("0.0##", CultureInfo.InvariantCulture);

        return verdict.IsOver ? RefuseAsync(context, clientId, inForce, verdict) : next(context);
    }

    private ResourceBucket.Verdict Spend(string clientId, int units, ThrottleLimit inForce)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (!buckets.TryGetValue(clientId, out var bucket))
                buckets[clientId] = bucket = new ResourceBucket(now);

            return bucket.Spend(units, inForce, now);
        }
    }

    private Task RefuseAsync(HttpContext context, string clientId, ThrottleLimit inForce, ResourceBucket.Verdict verdict)
    {
        RequestRecorder.Of(context).CameTooEarly = verdict.TooEarly;
        var headers = context.Response.Headers;
        headers["x-ms-throttle-scope"] = $"Tenant_Application/ReadWrite/{clientId}/{tenantId}";
        headers["x-ms-throttle-information"] = "ResourceUnitLimitExceeded";
        if (RetryAfter(inForce.RetryAfter, verdict.ClosedUntil) is { } retryAfter)
            headers.RetryAfter = retryAfter;

        return SandboxGraphError.TooManyRequests.WriteAsync(context);
    }

    private string? RetryAfter(RetryAfterForm form, DateTimeOffset until) => form switch
    {
        RetryAfterForm.Seconds => Math.Ceiling((until - time.GetUtcNow()).TotalSeconds).ToString(CultureInfo.InvariantCulture),
        RetryAfterForm.Date => until.ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };
}
