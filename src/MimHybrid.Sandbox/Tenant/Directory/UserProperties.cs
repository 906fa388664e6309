using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>The properties of Graph's user that the tenant knows, and how JSON writes each.</summary>
public static class UserProperties
{
    public const string Id = "id";
    public const string UserType = "userType";
    public const string DisplayName = "displayName";
    public const string Mail = "mail";
    public const string GivenName = "givenName";
    public const string Surname = "surname";
    public const string UserPrincipalName = "userPrincipalName";
    public const string AccountEnabled = "accountEnabled";
    public const string ExternalUserState = "externalUserState";
    public const string ExternalUserStateChangeDateTime = "externalUserStateChangeDateTime";
    public const string CreationType = "creationType";
    public const string CreatedDateTime = "createdDateTime";
    public const string DeletedDateTime = "deletedDateTime";
    public const string CompanyName = "companyName";

    /// <summary>What an answer holds when nothing was selected (MimHybrid.Graph/README.md#selected-properties).</summary>
    internal static readonly IReadOnlyList<string> DefaultSelection =
    [
        "businessPhones", DisplayName, GivenName, "jobTitle", Mail, "mobilePhone", "officeLocation", "preferredLanguage", Surname,
        UserPrincipalName, Id,
    ];

    private static readonly string[] texts =
    [
        Id, UserType, DisplayName, Mail, GivenName, Surname, UserPrincipalName, ExternalUserState, ExternalUserStateChangeDateTime,
        CreationType, CreatedDateTime, DeletedDateTime, CompanyName, "jobTitle", "department", "mobilePhone", "officeLocation",
        "preferredLanguage", "city", "country", "state", "streetAddress", "postalCode", "usageLocation", "employeeId", "employeeType",
        "mailNickname", "faxNumber",
    ];

    private static readonly string[] readOnly =
        [Id, CreatedDateTime, CreationType, DeletedDateTime, ExternalUserState, ExternalUserStateChangeDateTime];

    private static readonly FrozenDictionary<string, UserProperty> known = texts
        .Select(name => new UserProperty(name, UserPropertyKind.Text))
        .Append(new UserProperty(AccountEnabled, UserPropertyKind.Boolean))
        .Append(new UserProperty("businessPhones", UserPropertyKind.TextList))
        .Append(new UserProperty("otherMails", UserPropertyKind.TextList))
        .ToFrozenDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a property by name, in any case. A directory extension (<c>extension_…</c>) is a text.</summary>
    internal static bool TryFind(string name, [NotNullWhen(true)] out UserProperty? property)
    {
        if (!known.TryGetValue(name, out property) && name.StartsWith("extension_", StringComparison.Ordinal))
            property = new UserProperty(name, UserPropertyKind.Text);

        return property is not null;
    }

    internal static bool IsWritable(UserProperty property) => !readOnly.Contains(property.Name, StringComparer.Ordinal);
}

internal enum UserPropertyKind
{
    Text,

    /// <summary>Kept as <c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Kept as one text, the items separated by semicolons.</summary>
    TextList,
}

internal sealed record UserProperty(string Name, UserPropertyKind Kind);
