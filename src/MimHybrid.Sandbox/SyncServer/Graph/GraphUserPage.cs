using System.Text.Json;
using MimHybrid.Sandbox.SyncServer.Spaces;

namespace MimHybrid.Sandbox.SyncServer.Graph;

/// <summary>
/// One page of <c>users/delta</c>; it has a next link or a delta link, never both (MimHybrid.Graph/README.md#the-shape-of-a-round).
/// </summary>
internal sealed record GraphUserPage(IReadOnlyList<ImportEntry> Entries, string? NextLink, string? DeltaLink)
{
    /// <exception cref="JsonException">The body is not such a page.</exception>
    public static GraphUserPage Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("value", out var value)
            || value.ValueKind != JsonValueKind.Array)
            throw new JsonException("A page of users has no value array.");

        var page = new GraphUserPage(
            [.. value.EnumerateArray().Select(ReadEntry)], Text(body, "@odata.nextLink"), Text(body, "@odata.deltaLink"));
        return page.NextLink is null != page.DeltaLink is null
            ? page
            : throw new JsonException("A page of users must have either a next link or a delta link.");
    }

    private static ImportEntry ReadEntry(JsonElement user)
    {
        if (user.ValueKind != JsonValueKind.Object || Text(user, "id") is not { Length: > 0 } id)
            throw new JsonException("A user has no id.");

        // The distinguished name of a Graph object is its id, so it is never renamed (MimHybrid.Mim/README.md#the-graph-management-agent).
        return new ImportEntry(id, id, user.TryGetProperty("@removed", out _) ? null : ReadAttributes(user));
    }

    /// <summary>
    /// An entry has every selected property but those never set (MimHybrid.Graph/README.md#how-a-user-appears-on-a-page).
    /// </summary>
    private static PersonAttributes ReadAttributes(JsonElement user) => new()
    {
        DisplayName = Text(user, "displayName"),
        Mail = Text(user, "mail"),
        GivenName = Text(user, "givenName"),
        Surname = Text(user, "surname"),
        UserPrincipalName = Text(user, "userPrincipalName"),
        UserType = Text(user, "userType"),
    };

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
