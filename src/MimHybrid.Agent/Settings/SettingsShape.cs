using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace MimHybrid.Agent.Settings;

/// <summary>
/// Compares a configuration with the types it is bound to: names that no setting has, and texts that cannot become the setting's type.
/// The binder itself would stop at the first of them, and say nothing of a misspelt name.
/// </summary>
internal sealed class SettingsShape
{
    private readonly IConfiguration all;
    private readonly List<string> malformed = [];
    private readonly List<string> errors = [];

    /// <param name="all">The configuration in force.</param>
    /// <param name="file">The settings file and the command line: at the top level only they can misspell, since environment variables of others may share our prefix.</param>
    /// <param name="known">What may stand at the top level.</param>
    public SettingsShape(IConfiguration all, IConfiguration file, Dictionary<string, Type> known)
    {
        this.all = all;
        foreach (var section in file.GetChildren().Where(section => !known.ContainsKey(section.Key) && !section.Key.StartsWith('$')))
            Unknown(section, known.Keys);
        foreach (var section in all.GetChildren())
            if (known.TryGetValue(section.Key, out var type)) Compare(section, type);
    }

    public IReadOnlyList<string> Errors => errors;

    /// <summary>The configuration without what cannot be bound, so that all other errors can be found in the same run.</summary>
    public IConfiguration WithoutMalformed() => new ConfigurationBuilder()
        .AddInMemoryCollection(all.AsEnumerable().Where(pair => pair.Value is not null && !malformed.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)))
        .Build();

    private void Compare(IConfigurationSection section, Type type)
    {
        if (IsScalar(type) ? section.GetChildren().Any() : !string.IsNullOrEmpty(section.Value))
        {
            errors.Add($"{section.Path} is {(IsScalar(type) ? "a section" : $"'{section.Value}'")}; allowed is {(IsScalar(type) ? Allowed(type) : "a section or a list, as the README shows it")}.");
            return;
        }

        if (ItemOf(type) is { } item)
        {
            foreach (var child in section.GetChildren()) Compare(child, item);
        }
        else if (IsScalar(type))
        {
            CompareValue(section, Nullable.GetUnderlyingType(type) ?? type);
        }
        else
        {
            var known = PropertiesOf(type);
            foreach (var child in section.GetChildren())
            {
                if (known.TryGetValue(child.Key, out var property)) Compare(child, property);
                else Unknown(child, known.Keys);
            }
        }
    }

    private void CompareValue(IConfigurationSection section, Type type)
    {
        if (string.IsNullOrEmpty(section.Value) || type == typeof(string)) return;
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, section.Value);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            malformed.Add(section.Path);
            errors.Add($"{section.Path} is '{section.Value}'; allowed is {Allowed(type)}.");
        }
    }

    private void Unknown(IConfigurationSection section, IEnumerable<string> known) =>
        errors.Add($"{section.Path} is no setting; known here are {string.Join(", ", known)}.");

    private static string Allowed(Type type) => type switch
    {
        { IsEnum: true } => string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(TimeSpan) => "a duration as hours:minutes:seconds, e.g. 00:15:00",
        _ when type == typeof(DateOnly) => "a date as year-month-day, e.g. 2027-05-31",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(string) => "a text",
        _ => "a whole number",
    };

    public static bool IsScalar(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { } plain && (plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(TimeSpan) || plain == typeof(DateOnly));

    /// <summary>What a list or a dictionary by name holds; null for anything else.</summary>
    public static Type? ItemOf(Type type) => type switch
    {
        { IsArray: true } => type.GetElementType(),
        { IsGenericType: true } when typeof(IEnumerable).IsAssignableFrom(type) => type.GetGenericArguments()[^1],
        _ => null,
    };

    /// <summary>Bindable properties: those with a setter, and the collections and sections that are filled in place.</summary>
    public static Dictionary<string, Type> PropertiesOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is { IsPublic: true } || (!IsScalar(property.PropertyType) && !property.PropertyType.IsInterface))
        .ToDictionary(property => property.Name, property => property.PropertyType, StringComparer.OrdinalIgnoreCase);
}
