using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>A refusal in Graph's words.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Graph's code.</param>
/// <param name="Message">Graph's message.</param>
internal sealed record SandboxGraphError(int Status, string Code, string Message)
{
    public static readonly SandboxGraphError MalformedToken = new(400, "Request_BadRequest", "Badly formed token.");

    public static readonly SandboxGraphError ExpiredPageToken =
        new(400, "Directory_ExpiredPageToken", "The specified page token value has expired and can no longer be included in your request.");

    public static readonly SandboxGraphError RequestDenied =
        new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    /// <summary>As Exchange refuses, whose codes are its own.</summary>
    public static readonly SandboxGraphError AccessDenied =
        new(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");

    public static readonly SandboxGraphError TooManyRequests = new(429, "TooManyRequests", "Too many requests.");

    /// <summary>A code within the inner error, as resyncRequired has one.</summary>
    public string? InnerCode { get; init; }

    /// <summary>The Location header.</summary>
    public string? Location { get; init; }

    public static SandboxGraphError UnsupportedQuery(string message) => new(400, "Request_UnsupportedQuery", message);

    public static SandboxGraphError BadRequest(string message) => new(400, "Request_BadRequest", message);

    public static SandboxGraphError InvalidValue(string property, string resource) =>
        BadRequest($"Invalid value specified for property '{property}' of resource '{resource}'.");

    public static SandboxGraphError NotFound(string id) => new(
        404,
        "Request_ResourceNotFound",
        $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    public static SandboxGraphError Unauthorized(string message) => new(401, "InvalidAuthenticationToken", message);

    public Task WriteAsync(HttpContext context)
    {
        if (Location is not null)
            context.Response.Headers.Location = Location;

        return GraphJson.WriteAsync(context, Status, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", Code);
            json.WriteString("message", Message);
            json.WriteStartObject("innerError");
            if (InnerCode is not null)
                json.WriteString("code", InnerCode);

            json.WriteString("date", Correlation.DateOf(context));
            json.WriteString("request-id", Correlation.RequestIdOf(context));
            json.WriteString("client-request-id", Correlation.ClientRequestIdOf(context));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }
}
