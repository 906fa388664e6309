using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace MimHybrid.Graph.SignIn;

/// <summary>
/// The credential of the settings. Never DefaultAzureCredential, whose guesses fail slowly and ambiguously (README.md#the-credential).
/// </summary>
internal sealed class CredentialFactory(GraphSettings settings, GraphEndpoints endpoints, HttpClient http)
{
    public TokenCredential FromCertificate(X509Certificate2 certificate)
    {
        var options = Fill(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = endpoints.HasOwnAuthority });
        return new ClientCertificateCredential(settings.TenantId, settings.ClientId, certificate, options);
    }

    public TokenCredential FromSecret()
    {
        var options = Fill(new ClientSecretCredentialOptions { DisableInstanceDiscovery = endpoints.HasOwnAuthority });
        return new ClientSecretCredential(settings.TenantId, settings.ClientId, settings.ClientSecret, options);
    }

    public TokenCredential FromManagedIdentity() =>
        new ManagedIdentityCredential(Fill(new ManagedIdentityCredentialOptions(ManagedIdentityId.SystemAssigned)));

    /// <summary>
    /// No retries and one time limit, as for Graph: all waiting is done by the loop that polls, which knows how long and can be stopped.
    /// As a policy, because a managed identity overrides the number: it would wait 25 s in between (Azure.Identity, CredentialPipeline).
    /// Instance discovery is off only for an authority of one's own, which Microsoft could not vouch for; on a closed network it stalls
    /// for 16 s (README.md#hosts-that-get-a-token).
    /// </summary>
    private T Fill<T>(T options) where T : TokenCredentialOptions
    {
        options.AuthorityHost = endpoints.Authority;
        options.Transport = new HttpClientTransport(http);
        options.RetryPolicy = new RetryPolicy(maxRetries: 0);
        options.Retry.NetworkTimeout = settings.RequestTimeout;
        options.Diagnostics.ApplicationId = Product.Name + "/" + Product.Version;
        return options;
    }
}
