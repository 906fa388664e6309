using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Reads the body of a PATCH: which properties get which values.</summary>
internal static class UserPatch
{
    public static bool TryRead(
        JsonElement body,
        [NotNullWhen(true)] out IReadOnlyDictionary<string, string?>? values,
        [NotNullWhen(false)] out SandboxGraphError? error)
    {
        (values, error) = (null, null);
        if (body.ValueKind is not JsonValueKind.Object)
        {
            error = SandboxGraphError.BadRequest("The request body is not a JSON object.");
            return false;
        }

        var read = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject().Where(member => !member.Name.StartsWith('@')))
        {
            if (!UserProperties.TryFind(member.Name, out var property))
                error = SandboxGraphError.BadRequest($"Property '{member.Name}' does not exist on type 'microsoft.graph.user'.");
            else if (!UserProperties.IsWritable(property))
                error = SandboxGraphError.BadRequest($"Property '{property.Name}' is read-only and cannot be set.");
            else if (!TryReadValue(property, member.Value, out var value))
                error = SandboxGraphError.InvalidValue(property.Name, "User");
            else
                read[property.Name] = value;

            if (error is not null)
                return false;
        }

        values = read;
        return true;
    }

    private static bool TryReadValue(UserProperty property, JsonElement element, out string? value)
    {
        (var fits, value) = (property.Kind, element.ValueKind) switch
        {
            (UserPropertyKind.Boolean, JsonValueKind.True) => (true, "true"),
            (UserPropertyKind.Boolean, JsonValueKind.False) => (true, "false"),
            (UserPropertyKind.TextList, JsonValueKind.Array) => (true, string.Join(';', element.EnumerateArray())),
            (UserPropertyKind.Text, JsonValueKind.String) => (true, element.GetString()),
            (UserPropertyKind.Text, JsonValueKind.Null) => (true, null),
            _ => (false, null),
        };
        return fits;
    }
}
