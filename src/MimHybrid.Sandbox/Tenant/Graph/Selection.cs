using System.Diagnostics.CodeAnalysis;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Reads <c>$select</c>.</summary>
internal static class Selection
{
    /// <summary>Yields the properties by their proper names, without doubles; empty when nothing is selected.</summary>
    public static bool TryParse(string? select, out IReadOnlyList<string> properties, [NotNullWhen(false)] out SandboxGraphError? error)
    {
        (properties, error) = ([], null);
        var names = (select ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var found = new List<string>();
        foreach (var name in names)
        {
            if (!UserProperties.TryFind(name, out var property))
            {
                error = new SandboxGraphError(
                    400, "BadRequest", $"Could not find a property named '{name}' on type 'microsoft.graph.user'.");
                return false;
            }

            if (!found.Contains(property.Name, StringComparer.Ordinal))
                found.Add(property.Name);
        }

        properties = found;
        return true;
    }
}
