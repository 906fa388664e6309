using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Guests;

/// <summary>
/// Which guests count. Pure: values in, reason out. A guest who comes to count, for instance by accepting the invitation, is added at
/// that moment; one who does not count any more is removed, if the agent had counted them (see <see cref="GuestClassifier"/>). Of a guest
/// who does not count nothing is remembered.
/// </summary>
public sealed class GuestFilter(bool acceptedOnly, bool invitedOnly, IEnumerable<string> mailDomains)
{
    public static readonly GuestFilter Everyone = new(acceptedOnly: false, invitedOnly: false, []);

    private readonly HashSet<string> domains = new(mailDomains, StringComparer.OrdinalIgnoreCase);

    public bool AcceptsEveryone => !acceptedOnly && !invitedOnly && domains.Count == 0;

    /// <summary>Why a guest with these values does not count; null for one who does. A value that is missing is not the one asked for.</summary>
    /// <param name="externalUserState">PendingAcceptance, Accepted or null (README.md#who-is-a-guest).</param>
    /// <param name="creationType">Invitation, SelfServiceSignUp, EmailVerified, LocalAccount or null.</param>
    /// <param name="mail">The mail address; what follows its last @ is compared.</param>
    public IgnoredBecause? WhyOutside(string? externalUserState, string? creationType, string? mail)
    {
        if (invitedOnly && !Is(creationType, "Invitation")) return IgnoredBecause.NotInvited;
        if (domains.Count > 0 && !(mail is not null && domains.Contains(mail[(mail.LastIndexOf('@') + 1)..]))) return IgnoredBecause.OtherMailDomain;
        return acceptedOnly && !Is(externalUserState, "Accepted") ? IgnoredBecause.NotAccepted : null;
    }

    private static bool Is(string? value, string wanted) => wanted.Equals(value, StringComparison.OrdinalIgnoreCase);
}
