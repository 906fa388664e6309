using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace MimHybrid.Agent.Settings;

/// <content>What a type of the settings can hold.</content>
internal sealed partial class SettingsShape
{
    private static string Allowed(Type type) => type switch
    {
        { IsEnum: true } => string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(TimeSpan) => DurationText.Allowed,
        _ when type == typeof(DateOnly) => "a date as year-month-day, e.g. 2027-05-31",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(string) => "a text",
        _ => "a whole number",
    };

    public static bool IsScalar(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { } plain
        && (plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(TimeSpan) || plain == typeof(DateOnly));

    /// <summary>What a list or a dictionary by name holds; null for anything else.</summary>
    public static Type? ItemOf(Type type) => type switch
    {
        { IsArray: true } => type.GetElementType(),
        { IsGenericType: true } when typeof(IEnumerable).IsAssignableFrom(type) => type.GetGenericArguments()[^1],
        _ => null,
    };

    /// <summary>Bindable properties: those with a setter, and the collections and sections that are filled in place.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Settings are classes of ours, and what is ours is not trimmed.")]
    public static Dictionary<string, PropertyInfo> PropertiesOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is { IsPublic: true }
            || (!IsScalar(property.PropertyType) && !property.PropertyType.IsInterface))
        .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
}
