using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.SyncServer;

/// <summary>How the agent that reads guests gets to Graph. A class, not a record: a record's text would show the secret.</summary>
public sealed class GraphAccess
{
    /// <summary>Graph's root with the version, e.g. <c>https://localhost:5001/v1.0</c>.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Where tokens come from, without the tenant, e.g. <c>https://localhost:5001/</c>.</summary>
    public required Uri AuthorityHost { get; init; }

    public required string TenantId { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    /// <summary>The longest a whole read may take, token and all pages together.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Makes the handler under the HTTP client; the sandbox trusts its own certificate here.</summary>
    public Func<HttpMessageHandler> HandlerFactory { get; init; } = static () => new SocketsHttpHandler();

    /// <summary>To the sandbox's own tenant, in this process.</summary>
    public static GraphAccess To(SandboxTenant tenant) => new()
    {
        BaseUrl = tenant.GraphBaseUrl,
        AuthorityHost = tenant.AuthorityHost,
        TenantId = tenant.TenantId,
        ClientId = tenant.ClientId,
        ClientSecret = tenant.ClientSecret,
        HandlerFactory = tenant.CreateTrustingHandler,
    };
}
