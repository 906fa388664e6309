using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Puts Graph's identifying headers on each answer: request-id, the client's own id, and the tenant's date.</summary>
internal sealed class Correlation(TimeProvider time)
{
    private const string RequestId = "request-id";
    private const string ClientRequestId = "client-request-id";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers[RequestId] = Guid.NewGuid().ToString();
        headers[ClientRequestId] = context.Request.Headers[ClientRequestId] is [{ Length: > 0 } given, ..] ? given : headers[RequestId];
        headers.Date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        return next(context);
    }

    public static string RequestIdOf(HttpContext context) => context.Response.Headers[RequestId].ToString();

    public static string ClientRequestIdOf(HttpContext context) => context.Response.Headers[ClientRequestId].ToString();

    /// <summary>The answer's date as Graph writes it in an error.</summary>
    public static string DateOf(HttpContext context) =>
        DateTimeOffset.ParseExact(context.Response.Headers.Date.ToString(), "R", CultureInfo.InvariantCulture)
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
