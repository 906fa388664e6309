using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Where the tenant listens. Known once the server has its port, before the first request.</summary>
internal sealed class TenantAddress
{
    public Uri AuthorityHost { get; private set; } = new("https://localhost/");

    public Uri GraphBaseUrl => new(AuthorityHost, "v1.0");

    public void Bind(int port) => AuthorityHost = new UriBuilder(Uri.UriSchemeHttps, "localhost", port).Uri;

    /// <summary>The address of the path that was asked for, by the tenant's own name whatever name the client used.</summary>
    public string LinkTo(HttpRequest request) => new Uri(AuthorityHost, request.Path.ToUriComponent()).ToString();
}
