using MimHybrid.Graph;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Testing;

/// <summary>The settings with which the agent reaches a tenant of the sandbox, by a client secret.</summary>
public static class GraphSettingsOf
{
    public static GraphSettings Tenant(SandboxTenant tenant) => new()
    {
        BaseUrl = tenant.GraphBaseUrl.ToString(),
        AuthorityHost = tenant.AuthorityHost.ToString(),
        TenantId = tenant.TenantId,
        ClientId = tenant.ClientId,
        ClientSecret = tenant.ClientSecret,
    };
}
