namespace MimHybrid.Graph;

/// <content>As whom the agent signs in, beside a thumbprint and a secret; and which guests count.</content>
public sealed partial class GraphSettings
{
    /// <summary>
    /// The subject of a certificate in LocalMachine\My or CurrentUser\My, whole (<c>CN=MimHybrid, O=Contoso</c>) or its common name alone.
    /// The newest valid one is used, and a renewed one is picked up within the hour.
    /// </summary>
    public string? CertificateSubject { get; set; }

    /// <summary>
    /// Signs in as this server's managed identity, which the Azure Arc agent provides. <see cref="ClientId"/> is not needed then.
    /// </summary>
    public bool ManagedIdentity { get; set; }

    /// <summary>
    /// The day on which <see cref="ClientSecret"/> expires, as the app registration shows it: nothing else could warn of it.
    /// </summary>
    public DateOnly? ClientSecretExpires { get; set; }

    /// <summary>How long before a certificate or a secret expires the agent begins to warn, once a day. Zero: only when it has.</summary>
    public TimeSpan WarnBeforeExpiry { get; set; } = TimeSpan.FromDays(30);

    public GuestSettings Guests { get; } = new();

    internal CredentialKind CredentialKind => this switch
    {
        { ManagedIdentity: true } => CredentialKind.ManagedIdentity,
        { CertificateThumbprint.Length: > 0 } or { CertificateSubject.Length: > 0 } => CredentialKind.Certificate,
        _ => CredentialKind.ClientSecret,
    };

    /// <summary>The beginning of the day, since the hour is not known.</summary>
    internal DateTimeOffset? SecretExpiresAt => CredentialKind == CredentialKind.ClientSecret && ClientSecretExpires is { } day
        ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
        : null;
}
