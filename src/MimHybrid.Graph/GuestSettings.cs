namespace MimHybrid.Graph;

/// <summary>
/// The section <c>Graph:Guests</c>: which guests count. Left out, all do. Other values mean another set of guests, so after a change of
/// them the whole tenant is read again: who counts now is added, and who does not any more is told as such. The latter is no removal:
/// nobody removed them in the tenant, and MIM, which does not know these settings, keeps them.
/// </summary>
public sealed class GuestSettings
{
    /// <summary>
    /// Only guests who accepted their invitation (externalUserState is Accepted). Guests who were never invited, as by a self-service
    /// sign-up, have no state: they count.
    /// </summary>
    public bool AcceptedOnly { get; set; }

    /// <summary>Only guests created by invitation (creationType is Invitation).</summary>
    public bool InvitedOnly { get; set; }

    /// <summary>Only guests whose mail address is of one of these domains, e.g. <c>fabrikam.com</c>. Subdomains are named each.</summary>
    public string[]? MailDomains { get; set; }

    /// <summary>
    /// External members count too: invited users of the type Member (creationType is Invitation), as cross-tenant synchronization makes
    /// them. MIM's rules have to take them as well.
    /// </summary>
    public bool ExternalMembers { get; set; }

    internal GuestFilter Filter => new(AcceptedOnly, InvitedOnly, MailDomains ?? [], ExternalMembers);

    /// <summary>Empty when all guests count, so that a store from before this section keeps its cursor.</summary>
    internal string Fingerprint => Filter.IsPlain
        ? ""
        : string.Join('|', "", AcceptedOnly ? "accepted or not invited" : "", InvitedOnly ? "invited" : "", Domains)
            + (ExternalMembers ? "|external members" : "");

    private string Domains => string.Join(',', (MailDomains ?? []).Order(StringComparer.OrdinalIgnoreCase)).ToLowerInvariant();

    /// <summary>The selection with the properties added that the filter looks at.</summary>
    internal IReadOnlyList<string> Complete(IReadOnlyList<string> select) =>
        [.. select, .. Needed().Where(name => !select.Contains(name, StringComparer.OrdinalIgnoreCase))];

    private IEnumerable<string> Needed()
    {
        if (AcceptedOnly) yield return "externalUserState";
        if (AcceptedOnly || InvitedOnly || ExternalMembers) yield return "creationType";
        if (MailDomains is { Length: > 0 }) yield return "mail";
    }
}
