namespace MimHybrid.Graph;

/// <summary>The section <c>Graph</c>: which tenant, as whom, and which properties of a guest matter.</summary>
public sealed partial class GraphSettings
{
    /// <summary>What MIM's guide imports, and what the agent itself needs: the id, and the one property that makes a guest.</summary>
    private static readonly string[] DefaultSelect = ["id", "userType", "displayName", "mail", "givenName", "surname", "userPrincipalName"];

    public GraphSide Connection { get; set; } = GraphSide.Tenant;

    public GraphCloud Cloud { get; set; } = GraphCloud.Global;

    /// <summary>Graph's address with the version, where it is not the cloud's own, e.g. <c>https://localhost:5001/v1.0</c>.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Where tokens come from when <see cref="BaseUrl"/> is set, e.g. <c>https://localhost:5001/</c>.</summary>
    public string? AuthorityHost { get; set; }

    /// <summary>The tenant's id or one of its domain names.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>The application (client) id of the app registration. It needs the application permission User.Read.All.</summary>
    public string ClientId { get; set; } = "";

    public string? ClientSecret { get; set; }

    /// <summary>
    /// A certificate with a private key in LocalMachine\My or CurrentUser\My. Spaces, as copied from a dialog, do no harm.
    /// </summary>
    public string? CertificateThumbprint { get; set; }

    /// <summary>
    /// The properties of a guest whose changes matter: what MIM imports, plus id and userType. Null means the default. Each further
    /// property wakes the agent more often (README.md#selected-properties).
    /// </summary>
    public string[]? Select { get; set; }

    /// <summary>
    /// A proxy for Graph and for the sign-in, e.g. <c>http://proxy:8080</c>; it is offered the account's own sign-in. Null: the system's
    /// proxy.
    /// </summary>
    public string? Proxy { get; set; }

    /// <summary>How long one request may take in all, token and body included.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>The most bytes one answer may have, unpacked. A page of 200 users has about 100 kB.</summary>
    public int LargestPageBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The selection in force.</summary>
    public IReadOnlyList<string> SelectedProperties => Guests.Complete(Select is { Length: > 0 } ? Select : DefaultSelect);

    /// <summary>
    /// What a cursor depends on, in readable text: another fingerprint means another set of tracked guests
    /// (README.md#the-cursor-and-its-settings). The leading number changes when the digest of a guest is computed otherwise.
    /// </summary>
    public string Fingerprint => string.Join('|', "1", TenantId.ToLowerInvariant(), GraphEndpoints.From(this).Root.ToLowerInvariant(),
        ClientId.ToLowerInvariant(), string.Join(',', SelectedProperties) + Guests.Fingerprint);

    /// <summary>
    /// All that is wrong, at once: each sentence has the setting's name, its value (never a secret's) and what is allowed.
    /// </summary>
    /// <param name="inError">Whether a setting is known to be wrong already, by its full name: what follows from that is not told.</param>
    public IReadOnlyList<string> Validate(Predicate<string>? inError = null) =>
        [.. GraphSettingsRules.Check(this, inError ?? (_ => false))];

    /// <summary>The thumbprint as certificates state it: dialogs add spaces and invisible marks.</summary>
    internal static string PlainThumbprint(string thumbprint) =>
        string.Concat(thumbprint.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
