using System.Globalization;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>The values a user begins with.</summary>
internal static class NewUser
{
    /// <summary>A guest as an invitation makes it (MimHybrid.Graph/README.md#who-is-a-guest).</summary>
    public static Dictionary<string, string?> Guest(string displayName, string mail, DateTimeOffset at) => new()
    {
        [UserProperties.UserType] = "Guest",
        [UserProperties.DisplayName] = displayName,
        [UserProperties.Mail] = mail,
        [UserProperties.UserPrincipalName] = $"{mail.Replace('@', '_')}#EXT#@{TenantNames.InitialDomain}",
        [UserProperties.AccountEnabled] = "true",
        [UserProperties.CreationType] = "Invitation",
        [UserProperties.ExternalUserState] = "PendingAcceptance",
        [UserProperties.ExternalUserStateChangeDateTime] = Text(at),
        [UserProperties.CreatedDateTime] = Text(at),
    };

    public static Dictionary<string, string?> Member(string displayName, string mail, DateTimeOffset at) => new()
    {
        [UserProperties.UserType] = "Member",
        [UserProperties.DisplayName] = displayName,
        [UserProperties.Mail] = mail,
        [UserProperties.UserPrincipalName] = $"{mail.Split('@')[0]}@{TenantNames.InitialDomain}",
        [UserProperties.AccountEnabled] = "true",
        [UserProperties.CreatedDateTime] = Text(at),
    };

    /// <summary>A time as Graph writes it.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
