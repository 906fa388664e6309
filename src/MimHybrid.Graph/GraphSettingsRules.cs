using System.Globalization;
using System.Text.RegularExpressions;

namespace MimHybrid.Graph;

/// <summary>What is allowed in the section <c>Graph</c>.</summary>
internal static partial class GraphSettingsRules
{
    private const int ThumbprintLength = 40;
    private const int SmallestPageLimit = 1024 * 1024;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <summary>Authorities that stand for many tenants: an application's own sign-in needs exactly one.</summary>
    private static readonly string[] ManyTenants = ["common", "organizations", "consumers"];

    private static readonly string[] Needed = ["id", "userType"];

    /// <summary>Properties that users/delta refuses, or (manager) delivers in a shape that says what differs rather than what is (reference/graph-delta.md 1.2, 1.3, 1.8).</summary>
    private static readonly string[] Untracked = ["signInActivity", "birthday", "skills", "aboutMe", "photo", "mailboxSettings", "manager", "licenseAssignmentStates"];

    public static IEnumerable<string> Check(GraphSettings settings) =>
    [
        .. CheckTenant(settings), .. CheckCredential(settings), .. CheckAddresses(settings), .. CheckSelect(settings.SelectedProperties), .. CheckLimits(settings),
    ];

    private static IEnumerable<string> CheckTenant(GraphSettings settings)
    {
        if (!Enum.IsDefined(settings.Cloud))
            yield return Wrong(nameof(settings.Cloud), settings.Cloud.ToString("D"), "one of " + string.Join(", ", Enum.GetNames<GraphCloud>()));
        if (!IsTenant(settings.TenantId))
            yield return Wrong(nameof(settings.TenantId), settings.TenantId, "the tenant's id (a GUID) or one of its domain names, e.g. contoso.onmicrosoft.com");
        if (!Guid.TryParse(settings.ClientId, out _))
            yield return Wrong(nameof(settings.ClientId), settings.ClientId, "the application (client) id of the app registration, a GUID");
    }

    private static bool IsTenant(string tenant) =>
        Guid.TryParse(tenant, out _) || (tenant.Contains('.', StringComparison.Ordinal) && DomainName.IsMatch(tenant) && !ManyTenants.Contains(tenant));

    private static IEnumerable<string> CheckCredential(GraphSettings settings)
    {
        var (secret, thumbprint) = (settings.ClientSecret is { Length: > 0 }, settings.CertificateThumbprint is { Length: > 0 });
        if (secret == thumbprint)
            yield return $"Graph:{nameof(settings.CertificateThumbprint)} and Graph:{nameof(settings.ClientSecret)} are {(secret ? "both set" : "both missing")}; exactly one of them is allowed.";
        if (secret && string.IsNullOrWhiteSpace(settings.ClientSecret))
            yield return $"Graph:{nameof(settings.ClientSecret)} is blank; allowed is the secret's value.";
        if (thumbprint && !IsThumbprint(GraphSettings.PlainThumbprint(settings.CertificateThumbprint!)))
            yield return Wrong(nameof(settings.CertificateThumbprint), settings.CertificateThumbprint, "the certificate's thumbprint, 40 hexadecimal digits");
    }

    private static bool IsThumbprint(string text) => text.Length == ThumbprintLength && text.All(char.IsAsciiHexDigit);

    private static IEnumerable<string> CheckAddresses(GraphSettings settings)
    {
        if (settings.BaseUrl is { Length: > 0 } baseUrl && !(IsAddress(baseUrl, out var graph) && (graph.Scheme == Uri.UriSchemeHttps || graph.IsLoopback)))
            yield return Wrong(nameof(settings.BaseUrl), baseUrl, "Graph's address with the version, https (http on this machine only), e.g. https://graph.microsoft.com/v1.0");
        if (settings.AuthorityHost is { Length: > 0 } authority && !(IsAddress(authority, out var signIn) && signIn.Scheme == Uri.UriSchemeHttps))
            yield return Wrong(nameof(settings.AuthorityHost), authority, "an https address");
        if (settings.AuthorityHost is { Length: > 0 } lone && string.IsNullOrEmpty(settings.BaseUrl))
            yield return Wrong(nameof(settings.AuthorityHost), lone, "set only together with Graph:BaseUrl; a Microsoft cloud has its own authority");
        if (settings.Proxy is { Length: > 0 } proxy && !IsAddress(proxy, out _))
            yield return Wrong(nameof(settings.Proxy), proxy, "the proxy's address, e.g. http://proxy:8080, without a name and password");
    }

    private static bool IsAddress(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0;

    private static IEnumerable<string> CheckSelect(IReadOnlyList<string> select)
    {
        const string setting = nameof(GraphSettings.Select);
        foreach (var name in select.Where(name => !PropertyName.IsMatch(name)))
            yield return Wrong(setting, name, "names of user properties");
        foreach (var needed in Needed.Except(select))
            yield return Wrong(setting, string.Join(',', select), $"a list that contains {needed}");
        foreach (var name in select.Where(name => Untracked.Contains(name, StringComparer.OrdinalIgnoreCase)))
            yield return Wrong(setting, name, "properties that Graph's delta query for users tracks; this one it does not");
        foreach (var twice in select.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            yield return Wrong(setting, twice.Key, "each name once");
    }

    private static IEnumerable<string> CheckLimits(GraphSettings settings)
    {
        if (settings.RequestTimeout <= TimeSpan.Zero || settings.RequestTimeout > LongestTimeout)
            yield return Wrong(nameof(settings.RequestTimeout), settings.RequestTimeout.ToString("c", CultureInfo.InvariantCulture), "more than zero, and at most 01:00:00");
        if (settings.LargestPageBytes < SmallestPageLimit)
            yield return Wrong(nameof(settings.LargestPageBytes), settings.LargestPageBytes.ToString(CultureInfo.InvariantCulture), "at least 1048576 (1 MB)");
    }

    private static string Wrong(string setting, string? value, string allowed) =>
        $"Graph:{setting} is {(string.IsNullOrEmpty(value) ? "missing" : Shown(value))}; allowed is {allowed}.";

    /// <summary>Secrets end up in the wrong box: one that Entra made contains a tilde, one in an address stands before an @.</summary>
    private static string Shown(string value) => value.AsSpan().ContainsAny('~', '@') ? "something that may be a secret (not shown)" : $"'{value}'";

    [GeneratedRegex("^[A-Za-z0-9.-]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex DomainName { get; }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex PropertyName { get; }
}
