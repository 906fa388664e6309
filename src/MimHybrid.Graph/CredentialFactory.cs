using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace MimHybrid.Graph;

/// <summary>The one credential of the settings. Never DefaultAzureCredential: its chain of guesses fails slowly and ambiguously (reference/graph-delta.md 5).</summary>
internal static class CredentialFactory
{
    /// <summary>The credential, or why there is none.</summary>
    public static (TokenCredential? Credential, PollFailure? Failure) Create(GraphSettings settings, GraphEndpoints endpoints, HttpClient http)
    {
        if (settings.CertificateThumbprint is not { Length: > 0 } thumbprint)
            return (new ClientSecretCredential(settings.TenantId, settings.ClientId, settings.ClientSecret, WithOptions(new ClientSecretCredentialOptions(), settings, endpoints, http)), null);

        return FindCertificate(GraphSettings.PlainThumbprint(thumbprint)) is { } certificate
            ? (new ClientCertificateCredential(settings.TenantId, settings.ClientId, certificate, WithOptions(new ClientCertificateCredentialOptions(), settings, endpoints, http)), null)
            : (null, new PollFailure(PollFailureClass.Configuration, NeedsPerson: true,
                $"The certificate of Graph:{nameof(settings.CertificateThumbprint)} is not in LocalMachine\\My or CurrentUser\\My, or this account may not use its private key."));
    }

    /// <summary>
    /// No retries and one time limit, as for Graph: all waiting is done by the loop that polls, which knows how long and can be stopped.
    /// Instance discovery goes only where nobody could vouch for the authority; on a closed network it stalls for 16 s.
    /// </summary>
    private static T WithOptions<T>(T options, GraphSettings settings, GraphEndpoints endpoints, HttpClient http) where T : TokenCredentialOptions
    {
        options.AuthorityHost = endpoints.Authority;
        options.Transport = new HttpClientTransport(http);
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = settings.RequestTimeout;
        options.Diagnostics.ApplicationId = Product.Name + "/" + Product.Version;
        switch (options)
        {
            case ClientSecretCredentialOptions secret: secret.DisableInstanceDiscovery = endpoints.HasOwnAuthority; break;
            case ClientCertificateCredentialOptions certificate: certificate.DisableInstanceDiscovery = endpoints.HasOwnAuthority; break;
        }

        return options;
    }

    private static X509Certificate2? FindCertificate(string thumbprint) =>
        FindCertificate(thumbprint, StoreLocation.LocalMachine) ?? FindCertificate(thumbprint, StoreLocation.CurrentUser);

    private static X509Certificate2? FindCertificate(string thumbprint, StoreLocation location)
    {
        try
        {
            using var store = new X509Store(StoreName.My, location, OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false).FirstOrDefault(found => found.HasPrivateKey);
        }
        catch (CryptographicException)
        {
            return null; // the store does not exist: LocalMachine\My has no counterpart outside Windows
        }
    }
}
