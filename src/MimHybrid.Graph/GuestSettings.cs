using MimHybrid.Graph.Guests;

namespace MimHybrid.Graph;

/// <summary>
/// The section <c>Graph:Guests</c>: which guests count. Left out, all do. Other values mean another set of guests, so after a change of
/// them the whole tenant is read again: who counts now is added, who does not any more is removed, and a large number of the latter is
/// held by the removal guard until it is approved.
/// </summary>
public sealed class GuestSettings
{
    /// <summary>Only guests who accepted their invitation (externalUserState is Accepted). Guests without a state do not count then.</summary>
    public bool AcceptedOnly { get; set; }

    /// <summary>Only guests created by invitation (creationType is Invitation).</summary>
    public bool InvitedOnly { get; set; }

    /// <summary>Only guests whose mail address is of one of these domains, e.g. <c>fabrikam.com</c>. Subdomains are named each.</summary>
    public string[]? MailDomains { get; set; }

    internal GuestFilter Filter => new(AcceptedOnly, InvitedOnly, MailDomains ?? []);

    /// <summary>Empty when all guests count, so that a store from before this section keeps its cursor.</summary>
    internal string Fingerprint => Filter.AcceptsEveryone
        ? ""
        : $"|{(AcceptedOnly ? "accepted" : "")}|{(InvitedOnly ? "invited" : "")}|{string.Join(',', (MailDomains ?? []).Order(StringComparer.OrdinalIgnoreCase)).ToLowerInvariant()}";

    /// <summary>The selection with the properties added that the filter looks at.</summary>
    internal IReadOnlyList<string> Complete(IReadOnlyList<string> select) =>
        [.. select, .. Needed().Where(name => !select.Contains(name, StringComparer.OrdinalIgnoreCase))];

    private IEnumerable<string> Needed()
    {
        if (AcceptedOnly) yield return "externalUserState";
        if (InvitedOnly) yield return "creationType";
        if (MailDomains is { Length: > 0 }) yield return "mail";
    }
}
