using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace MimHybrid.Graph;

/// <summary>
/// The credential of the settings. Never DefaultAzureCredential, whose guesses fail slowly and ambiguously (reference/graph-delta.md 5).
/// </summary>
internal static class CredentialFactory
{
    /// <summary>The credential, or why there is none.</summary>
    public static (TokenCredential? Credential, PollFailure? Failure) Create(GraphSettings settings, GraphEndpoints endpoints, HttpClient http)
    {
        if (settings.CertificateThumbprint is not { Length: > 0 } thumbprint)
        {
            var options = new ClientSecretCredentialOptions { DisableInstanceDiscovery = endpoints.HasOwnAuthority };
            Fill(options, settings, endpoints, http);
            return (new ClientSecretCredential(settings.TenantId, settings.ClientId, settings.ClientSecret, options), null);
        }

        if (FindCertificate(GraphSettings.PlainThumbprint(thumbprint)) is { } certificate)
        {
            var options = new ClientCertificateCredentialOptions { DisableInstanceDiscovery = endpoints.HasOwnAuthority };
            Fill(options, settings, endpoints, http);
            return (new ClientCertificateCredential(settings.TenantId, settings.ClientId, certificate, options), null);
        }

        return (null, PollFailure.ForPerson(
            PollFailureClass.Configuration,
            "There is no certificate with the thumbprint Graph:CertificateThumbprint and a private key in LocalMachine\\My or CurrentUser\\My. "
            + "Install it there and let this account use its private key."));
    }

    /// <summary>
    /// No retries and one time limit, as for Graph: all waiting is done by the loop that polls, which knows how long and can be stopped.
    /// Instance discovery is off only for an authority of one's own, which Microsoft could not vouch for; on a closed network it stalls
    /// for 16 s (reference/graph-delta.md 5).
    /// </summary>
    private static void Fill(TokenCredentialOptions options, GraphSettings settings, GraphEndpoints endpoints, HttpClient http)
    {
        options.AuthorityHost = endpoints.Authority;
        options.Transport = new HttpClientTransport(http);
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = settings.RequestTimeout;
        options.Diagnostics.ApplicationId = Product.Name + "/" + Product.Version;
    }

    private static X509Certificate2? FindCertificate(string thumbprint) =>
        FindCertificate(thumbprint, StoreLocation.LocalMachine) ?? FindCertificate(thumbprint, StoreLocation.CurrentUser);

    private static X509Certificate2? FindCertificate(string thumbprint, StoreLocation location)
    {
        try
        {
            using var store = new X509Store(StoreName.My, location, OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates
                .Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false)
                .FirstOrDefault(found => found.HasPrivateKey);
        }
        catch (CryptographicException)
        {
            return null; // the store does not exist: LocalMachine\My has no counterpart outside Windows
        }
    }
}
