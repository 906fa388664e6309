using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>A request as it came in. Its query may hold tokens: it stays in memory.</summary>
public sealed class RecordedRequest
{
    private int status;

    internal RecordedRequest(HttpContext context)
    {
        Method = context.Request.Method;
        Path = context.Request.Path;
        PathAndQuery = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        UserAgent = context.Request.Headers.UserAgent.ToString();
        ThrottlePriority = context.Request.Headers["x-ms-throttle-priority"].ToString();
    }

    public string Method { get; }

    /// <summary>The path, decoded.</summary>
    public string Path { get; }

    /// <summary>Path and query as they stood in the request line.</summary>
    public string PathAndQuery { get; }

    public string UserAgent { get; }

    /// <summary>How willing the client is to yield (MimHybrid.Graph/README.md#throttling).</summary>
    public string ThrottlePriority { get; }

    /// <summary>The answer's status; null while there is none, and for a connection that was dropped.</summary>
    public int? Status
    {
        get => Volatile.Read(ref status) is > 0 and var known ? known : null;
        internal set => Volatile.Write(ref status, value ?? 0);
    }

    /// <summary>It was throttled, and came before the time that an earlier answer gave (<see cref="Throttling"/>).</summary>
    public bool CameTooEarly { get; internal set; }

    public bool IsTokenRequest => Path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal);

    public bool IsDelta => Path.StartsWith("/v1.0/users/", StringComparison.Ordinal) && Path.Contains("delta", StringComparison.Ordinal);

    /// <summary>True for the sandbox's management agent, which reads the tenant beside the program that is tried on it.</summary>
    public bool IsFromManagementAgent => UserAgent.Contains("MimHybrid-Sandbox-AADMA", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Path} {Status}";
}
