using Azure.Core;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.SignIn;

/// <summary>
/// The credential in force. It is kept, because it holds the token cache; it is made anew when told so, and when the certificate of the
/// subject was renewed: a credential uses the certificate it was given for ever (README.md#the-credential).
/// </summary>
internal sealed class CredentialSource(GraphSettings settings, CredentialFactory factory, TimeProvider time)
{
    /// <summary>How often the machine's store is looked at: renewals overlap by weeks, and reading the store is slow.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    private TokenCredential? current;
    private string? thumbprint;
    private DateTimeOffset lookAt;

    public CredentialKind Kind => settings.CredentialKind;

    /// <summary>Null while it is unknown, and for what does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; } = settings.SecretExpiresAt;

    /// <summary>What is in use, for whoever asks from another process.</summary>
    public CredentialNote Note => new(Kind.ToString(), ExpiresAt, ExpiresAt - settings.WarnBeforeExpiry);

    /// <summary>The credential, the same object as long as it is good; or why there is none.</summary>
    public (TokenCredential? Credential, PollFailure? Failure) Get()
    {
        if (Kind == CredentialKind.Certificate)
            return current is not null && time.GetUtcNow() < lookAt ? (current, null) : LookForCertificate();
        return (current ??= Kind == CredentialKind.ManagedIdentity ? factory.FromManagedIdentity() : factory.FromSecret(), null);
    }

    public void Forget() => current = null;

    private (TokenCredential?, PollFailure?) LookForCertificate()
    {
        var now = time.GetUtcNow();
        var (certificate, failure) = CertificateSearch.Find(settings, now);
        if (certificate is null)
        {
            current = null;
            return (null, failure);
        }

        ExpiresAt = certificate.NotAfter;
        lookAt = ExpiresAt < now + LookEvery ? ExpiresAt.Value : now + LookEvery;
        if (current is null || certificate.Thumbprint != thumbprint) current = factory.FromCertificate(certificate);
        thumbprint = certificate.Thumbprint;
        return (current, null);
    }
}
