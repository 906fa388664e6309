using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>A tenant of the test's own, which it changes when it likes; to the agent it is one like any other.</summary>
internal static class TenantElsewhere
{
    public static Task<SandboxTenant> StartAsync() =>
        SandboxTenant.StartAsync(new SandboxTenantOptions(), TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>What an agent has to know of it, beside the sandbox's sync server.</summary>
    public static (string Name, string Value)[] SettingsFor(SandboxTenant tenant, DataDirectory data)
    {
        var certificate = Path.Combine(data.Path, "tenant.pem");
        File.WriteAllText(certificate, tenant.Certificate.ExportCertificatePem());
        return
        [
            ("SSL_CERT_FILE", certificate),
            ("MIMHYBRID_Graph__BaseUrl", tenant.GraphBaseUrl.ToString()),
            ("MIMHYBRID_Graph__AuthorityHost", tenant.AuthorityHost.ToString()),
            ("MIMHYBRID_Graph__TenantId", tenant.TenantId),
            ("MIMHYBRID_Graph__ClientId", tenant.ClientId),
            ("MIMHYBRID_Graph__ClientSecret", tenant.ClientSecret),
            ("MIMHYBRID_SyncServer__Connection", "Sandbox"),
            Pace.Fast,
            ("MIMHYBRID_BootDelay", "00:00:00"),
        ];
    }
}
