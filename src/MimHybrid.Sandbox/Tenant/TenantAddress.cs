using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Where the tenant listens. Known once the server has its port, before the first request.</summary>
internal sealed class TenantAddress
{
    public Uri AuthorityHost { get; private set; } = new("https://localhost/");

    public Uri GraphBaseUrl => new(AuthorityHost, "v1.0");

    /// <summary>The same tenant over plain HTTP; null where it does not answer that.</summary>
    public Uri? PlainRoot { get; private set; }

    public void Bind(int port, int? plainPort)
    {
        AuthorityHost = new UriBuilder(Uri.UriSchemeHttps, "localhost", port).Uri;
        PlainRoot = plainPort is { } plain ? new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", plain).Uri : null;
    }

    public Uri RootFor(HttpRequest request) => request.IsHttps ? AuthorityHost : PlainRoot!;

    /// <summary>The address of the path that was asked for, by the tenant's own name whatever name the client used.</summary>
    public string LinkTo(HttpRequest request) => new Uri(RootFor(request), request.Path.ToUriComponent()).ToString();
}
