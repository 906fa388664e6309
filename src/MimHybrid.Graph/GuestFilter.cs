using MimHybrid.Store.Rows;

namespace MimHybrid.Graph;

/// <summary>
/// Which guests count. Pure: values in, reason out. A guest who comes to count, for instance by accepting the invitation, is added at
/// that moment; one who does not count any more is told as such, if the agent had counted them (see <c>GuestClassifier</c>). Of a
/// guest who does not count nothing is remembered.
/// </summary>
public sealed class GuestFilter(bool acceptedOnly, bool invitedOnly, IEnumerable<string> mailDomains, bool externalMembers = false)
{
    public static readonly GuestFilter Everyone = new(acceptedOnly: false, invitedOnly: false, []);

    private const string Invited = "Invitation";

    private readonly HashSet<string> domains = new(mailDomains, StringComparer.OrdinalIgnoreCase);

    /// <summary>All guests count and nobody else: then Graph counts the same ones.</summary>
    public bool IsPlain => AcceptsEveryone && !externalMembers;

    public bool AcceptsEveryone => !acceptedOnly && !invitedOnly && domains.Count == 0;

    /// <summary>
    /// Why a guest with these values does not count; null for one who does. A value that is missing is not the one asked for.
    /// </summary>
    /// <param name="externalUserState">PendingAcceptance, Accepted or null (README.md#who-is-a-guest).</param>
    /// <param name="creationType">Invitation, SelfServiceSignUp, EmailVerified, LocalAccount or null.</param>
    /// <param name="mail">The mail address; what follows its last @ is compared.</param>
    public IgnoredBecause? WhyOutside(string? externalUserState, string? creationType, string? mail)
    {
        if (invitedOnly && !Is(creationType, Invited)) return IgnoredBecause.NotInvited;
        if (domains.Count > 0 && !(mail is not null && domains.Contains(mail[(mail.LastIndexOf('@') + 1)..])))
            return IgnoredBecause.OtherMailDomain;
        return acceptedOnly && !HasAccepted(externalUserState, creationType) ? IgnoredBecause.NotAccepted : null;
    }

    /// <summary>Whether there are members who count. Most users are members, and a look at each costs.</summary>
    public bool TakesMembers => externalMembers;

    /// <summary>
    /// Whether a member counts as a guest: one who was invited, as cross-tenant synchronization makes them (README.md#external-members).
    /// </summary>
    public bool CountsMember(string? userType, string? creationType) =>
        externalMembers && Is(userType, "Member") && Is(creationType, Invited);

    /// <summary>Who signed up without an invitation has nothing to accept and no state (README.md#who-is-a-guest).</summary>
    private static bool HasAccepted(string? externalUserState, string? creationType) =>
        Is(externalUserState, "Accepted") || (externalUserState is null && !Is(creationType, Invited));

    private static bool Is(string? value, string wanted) => wanted.Equals(value, StringComparison.OrdinalIgnoreCase);
}
