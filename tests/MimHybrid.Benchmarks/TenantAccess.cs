using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MimHybrid.Graph;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Benchmarks;

/// <summary>All that a client in another process has to know of a sandbox tenant. It travels as one argument.</summary>
internal sealed record TenantAccess(string BaseUrl, string AuthorityHost, string TenantId, string ClientId, string Secret, string Certificate)
{
    public static TenantAccess Of(SandboxTenant tenant) => new(
        tenant.GraphBaseUrl.ToString(), tenant.AuthorityHost.ToString(), tenant.TenantId, tenant.ClientId, tenant.ClientSecret,
        Convert.ToBase64String(tenant.Certificate.RawData));

    public static TenantAccess Parse(string text) => JsonSerializer.Deserialize<TenantAccess>(Convert.FromBase64String(text))!;

    public override string ToString() => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Unpacks what comes packed, as the handlers of agent and SDK do by themselves.</summary>
    public HttpMessageHandler CreateHandler()
    {
        var handler = SandboxTenant.CreateHandlerTrusting(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(Certificate)));
        ((SocketsHttpHandler)handler).AutomaticDecompression = DecompressionMethods.All;
        return handler;
    }

    public GraphSettings Settings(BaselineChoice kind) => new()
    {
        BaseUrl = BaseUrl,
        AuthorityHost = AuthorityHost,
        TenantId = TenantId,
        ClientId = ClientId,
        ClientSecret = Secret,
        Baseline = kind,
        ListSettleTime = TimeSpan.Zero,
    };
}
