using System.Globalization;
using System.Text.RegularExpressions;

namespace MimHybrid.Graph;

/// <summary>What is allowed in the section <c>Graph</c>.</summary>
internal static partial class GraphSettingsRules
{
    private const int SmallestPageLimit = 1024 * 1024;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    private static readonly string[] Needed = ["id", "userType"];

    /// <summary>
    /// Properties that users/delta refuses or does not track (README.md#selected-properties).
    /// </summary>
    private static readonly string[] Untracked =
        ["signInActivity", "birthday", "skills", "aboutMe", "photo", "mailboxSettings", "licenseAssignmentStates"];

    /// <param name="inError">Whether a setting is known to be wrong already: that it is missing then is no news.</param>
    public static IEnumerable<string> Check(GraphSettings settings, Predicate<string> inError) =>
    [
        .. CheckTenant(settings, inError),
        .. CredentialRules.Check(settings, inError),
        .. CheckAddresses(settings),
        .. CheckSelect(settings.SelectedProperties),
        .. CheckLimits(settings),
        .. CheckGuests(settings.Guests),
        .. BaselineRules.Check(settings),
    ];

    private static IEnumerable<string> CheckTenant(GraphSettings settings, Predicate<string> inError)
    {
        if (!Enum.IsDefined(settings.Connection))
            yield return Wrong(nameof(settings.Connection), settings.Connection.ToString("D"), OneOf<GraphSide>());
        if (!Enum.IsDefined(settings.Cloud))
            yield return Wrong(nameof(settings.Cloud), settings.Cloud.ToString("D"), OneOf<GraphCloud>());
        if (!IsTenant(settings.TenantId) && !inError($"Graph:{nameof(settings.TenantId)}"))
            yield return Wrong(nameof(settings.TenantId), settings.TenantId, "the tenant's id (a GUID) or a domain of it");
        if (!(settings.ManagedIdentity && settings.ClientId.Length == 0) && !Guid.TryParseExact(settings.ClientId, "D", out _)
            && !inError($"Graph:{nameof(settings.ClientId)}"))
            yield return Wrong(nameof(settings.ClientId), settings.ClientId, "the application (client) id of the app registration, a GUID");
    }

    /// <summary>A domain has a dot, which "common" and "organizations" have not: an application signs in to exactly one tenant.</summary>
    private static bool IsTenant(string tenant) =>
        Guid.TryParseExact(tenant, "D", out _) || (DomainName.IsMatch(tenant) && tenant.Contains('.', StringComparison.Ordinal));

    private static IEnumerable<string> CheckAddresses(GraphSettings settings)
    {
        if (settings.BaseUrl is { Length: > 0 } graph && !(IsAddress(graph, out var address) && (IsHttps(address) || address.IsLoopback)))
            yield return Wrong(nameof(settings.BaseUrl), graph,
                "Graph's https address with the version, e.g. https://host/v1.0; http on this machine only");
        if (settings.AuthorityHost is { Length: > 0 } authority && !(IsAddress(authority, out var signIn) && IsHttps(signIn)))
            yield return Wrong(nameof(settings.AuthorityHost), authority, "an https address");
        if (settings.AuthorityHost is { Length: > 0 } lone && string.IsNullOrEmpty(settings.BaseUrl))
            yield return Wrong(
                nameof(settings.AuthorityHost), lone, "an authority together with Graph:BaseUrl only; a Microsoft cloud has its own");
        if (settings.Proxy is { Length: > 0 } proxy && !IsAddress(proxy, out _))
            yield return Wrong(nameof(settings.Proxy), proxy, "the proxy's address, e.g. http://proxy:8080, without a name and password");
    }

    private static bool IsAddress(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!)
        && (IsHttps(address) || address.Scheme == Uri.UriSchemeHttp)
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0;

    private static bool IsHttps(Uri address) => address.Scheme == Uri.UriSchemeHttps;

    private static IEnumerable<string> CheckSelect(IReadOnlyList<string> select)
    {
        const string setting = nameof(GraphSettings.Select);
        foreach (var name in select.Where(name => !IsPropertyName(name)))
            yield return Wrong(setting, name, "names of user properties");
        foreach (var needed in Needed.Except(select))
            yield return Wrong(setting, string.Join(',', select), $"a list that contains {needed}");
        foreach (var name in select.Where(name => Untracked.Contains(name, StringComparer.OrdinalIgnoreCase)))
            yield return Wrong(setting, name, "properties that Graph's delta query for users tracks; this one it does not");
        foreach (var name in select.Where(name => name.Equals("manager", StringComparison.OrdinalIgnoreCase)))
            yield return Wrong(setting, name, "properties that come with their value. Graph tracks this one, but tells it as "
                + "manager@delta: what differs, not what is, so that a change could not be told from a repetition");
        foreach (var twice in select.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            yield return Wrong(setting, twice.Key, "each name once");
    }

    private static IEnumerable<string> CheckLimits(GraphSettings settings)
    {
        if (settings.RequestTimeout <= TimeSpan.Zero || settings.RequestTimeout > LongestTimeout)
            yield return Wrong(nameof(settings.RequestTimeout), $"{settings.RequestTimeout:c}", "more than zero and at most 01:00:00");
        if (settings.LargestPageBytes < SmallestPageLimit)
            yield return Wrong(nameof(settings.LargestPageBytes), Text(settings.LargestPageBytes), "at least 1048576 (1 MB)");
    }

    private static IEnumerable<string> CheckGuests(GuestSettings guests)
    {
        foreach (var domain in guests.MailDomains ?? [])
            if (!DomainName.IsMatch(domain))
                yield return Wrong($"{nameof(GraphSettings.Guests)}:{nameof(guests.MailDomains)}", domain,
                    "mail domains without the @, e.g. fabrikam.com");
    }

    internal static string Wrong(string setting, string? value, string allowed) => SettingRule.Wrong($"Graph:{setting}", value, allowed);

    internal static string OneOf<T>() where T : struct, Enum => "one of " + string.Join(", ", Enum.GetNames<T>());

    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^[A-Za-z0-9.-]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex DomainName { get; }

    private static bool IsPropertyName(string text) =>
        text is [var first, ..] && char.IsAsciiLetter(first) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
