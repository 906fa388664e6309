namespace MimHybrid.Graph.Delta;

/// <summary>
/// The addresses the agent asks: its own, and the links of pages, which are followed only to the Graph that was configured. The SDK
/// would follow a link to any host (README.md#links-are-opaque).
/// </summary>
public sealed class DeltaLinks
{
    /// <summary>The function goes by all these names (README.md#the-shape-of-a-round).</summary>
    private static readonly string[] DeltaNames =
        ["/users/delta", "/users/delta()", "/users/microsoft.graph.delta", "/users/microsoft.graph.delta()"];

    private static readonly string[] ListNames = ["/users"];

    /// <summary>The most that Graph puts on a page of a list (README.md#query-options).</summary>
    private const string LargestPage = "$top=999";

    /// <summary>An ordinary filter, not an advanced query: it needs no ConsistencyLevel and no $count.</summary>
    private const string OnlyGuests = "$filter=userType%20eq%20%27Guest%27";

    /// <summary>Invited members as well; what the list returns too much, its reader leaves out (README.md#external-members).</summary>
    private const string OrInvited = "%20or%20creationType%20eq%20%27Invitation%27";

    private readonly string root;
    private readonly string listed;
    private readonly string select;
    private readonly Uri home;

    /// <param name="root">Graph's address with the version, without a slash at the end.</param>
    /// <param name="select">The selected properties, in order.</param>
    /// <param name="externalMembers">Lists have invited members too.</param>
    public DeltaLinks(string root, IReadOnlyList<string> select, bool externalMembers = false)
    {
        this.root = root;
        listed = OnlyGuests + (externalMembers ? OrInvited : "");
        this.select = "$select=" + string.Join(',', select);
        home = new Uri(root);
    }

    /// <summary>The first page of a baseline: the one delta request without a token.</summary>
    public string First => $"{root}/users/delta?{select}";

    /// <summary>Returns a delta link from now on, without any users (README.md#a-delta-link-from-now-on).</summary>
    public string Latest => $"{First}&$deltatoken=latest";

    /// <summary>The first page of a list of the guests.</summary>
    public string GuestList => $"{root}/users?{listed}&{select}&{LargestPage}";

    /// <summary>How many users there are, and how many of them are guests.</summary>
    public string UserCount => $"{root}/users/$count";

    public string GuestCount => $"{UserCount}?{OnlyGuests}";

    /// <summary>A single user, with the same selection.</summary>
    public string User(string id) => $"{root}/users/{Uri.EscapeDataString(id)}?{select}";

    /// <summary>
    /// A refusal of a request with a token may be about the token; the same refusal of any other request is about the settings.
    /// </summary>
    public static bool CarriesToken(string link) => Query(link).Any(IsToken);

    /// <summary>Why a link of a page is not followed, in words that quote nothing of it; null when it is ours.</summary>
    public string? Refusal(string link) => Refusal(link, DeltaNames, "the users' delta");

    /// <summary>As <see cref="Refusal(string)"/>, for a link of a list.</summary>
    public string? ListRefusal(string link) => Refusal(link, ListNames, "the list of users");

    private string? Refusal(string link, string[] names, string expected)
    {
        var hasBlank = link.AsSpan().ContainsAnyInRange('\0', ' ');
        if (hasBlank || !Uri.TryCreate(link, UriKind.Absolute, out var address)) return "a link is not an address";
        if (!IsHome(address)) return "a link leads to another server";
        if (!IsNamed(address, names)) return $"a link leads to something other than {expected}";
        return CarriesToken(link) ? null : "a link has no token";
    }

    private bool IsHome(Uri address) =>
        address.Scheme == home.Scheme && address.Port == home.Port && address.UserInfo.Length == 0
        && address.IdnHost.Equals(home.IdnHost, StringComparison.OrdinalIgnoreCase);

    private bool IsNamed(Uri address, string[] names)
    {
        var path = Uri.UnescapeDataString(address.AbsolutePath);
        var prefix = Uri.UnescapeDataString(home.AbsolutePath).TrimEnd('/');
        return path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && names.Contains(path[prefix.Length..], StringComparer.OrdinalIgnoreCase);
    }

    private static string[] Query(string link) =>
        link.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? link[(mark + 1)..].Split('&') : [];

    private static bool IsToken(string parameter)
    {
        var separator = parameter.IndexOf('=', StringComparison.Ordinal);
        return separator > 0 && separator < parameter.Length - 1
            && Uri.UnescapeDataString(parameter[..separator]).ToUpperInvariant() is "$DELTATOKEN" or "$SKIPTOKEN";
    }
}
