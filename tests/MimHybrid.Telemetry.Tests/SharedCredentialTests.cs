using Azure.Core;
using MimHybrid.Graph;
using MimHybrid.Graph.SignIn;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Telemetry.Tests;

/// <summary>The agent's sign-in, lent to Azure Monitor.</summary>
public sealed class SharedCredentialTests : IAsyncDisposable
{
    /// <summary>Graph stands for Azure Monitor: the sandbox's sign-in knows no other service.</summary>
    private static readonly TokenRequestContext ForMonitoring = new(["https://graph.microsoft.com/.default"]);

    private SandboxTenant? tenant;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_signs_in_as_the_agent_does_from_any_thread()
    {
        using var credential = await CreateAsync(settings => { });

        var tokens = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await credential.GetTokenAsync(ForMonitoring, Token), Token)));

        Assert.All(tokens, token => Assert.NotEmpty(token.Token));
        Assert.All(tenant!.Requests.All, request => Assert.True(request.IsTokenRequest));
    }

    [Fact]
    public async Task Where_there_is_no_certificate_it_says_so_in_the_agent_s_words()
    {
        using var credential = await CreateAsync(settings => (settings.ClientSecret, settings.CertificateThumbprint) = ("", new string('A', 40)));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await credential.GetTokenAsync(ForMonitoring, Token));
        Assert.Contains("certificate", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    public ValueTask DisposeAsync() => tenant?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<SharedCredential> CreateAsync(Action<GraphSettings> change)
    {
        tenant = await SandboxTenant.StartAsync(new SandboxTenantOptions(), TimeProvider.System, Token);
        var settings = GraphSettingsOf.Tenant(tenant);
        change(settings);
        return new SharedCredential(settings, TimeProvider.System, tenant.CreateTrustingHandler);
    }
}
