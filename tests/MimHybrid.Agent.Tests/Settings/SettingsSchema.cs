using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Settings;

namespace MimHybrid.Agent.Tests.Settings;

/// <summary>
/// Makes appsettings.schema.json of the types that the settings are bound to. It is made here and not by the product, since what it says of
/// each setting is the documentation beside its property, which is not shipped.
/// </summary>
internal sealed class SettingsSchema
{
    private const string Duration = @"^(0|(\d+\.([01]?\d|2[0-3])|\d+):[0-5]?\d(:[0-5]?\d(\.\d{1,7})?)?)$";
    private const string Day = @"^\d{4}-\d{2}-\d{2}$";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Documentation documentation = new();
    private readonly SortedDictionary<string, JsonNode> definitions = new(StringComparer.Ordinal);

    /// <param name="topLevel">The settings and sections at the top, as the loader knows them.</param>
    public static string Make(IReadOnlyDictionary<string, Type> topLevel)
    {
        var schema = new SettingsSchema();
        var properties = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } };
        var owners = topLevel.Values.Distinct().ToDictionary(type => type, type => SettingsShape.IsScalar(type) ? null : New(type));
        var agent = new AgentSettings();
        foreach (var (name, type) in topLevel)
            properties[name] = typeof(AgentSettings).GetProperty(name) is { } property
                ? schema.Describe(property, agent)
                : schema.Describe(type, owners[type], schema.documentation.Of(type));
        return new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "MimHybrid: appsettings.json",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
            ["definitions"] = new JsonObject(schema.definitions.Select(definition => KeyValuePair.Create(definition.Key, (JsonNode?)definition.Value))),
        }.ToJsonString(Format) + "\n";
    }

    private JsonNode Describe(System.Reflection.PropertyInfo property, object? owner)
    {
        var value = owner is null ? null : property.GetValue(owner);
        return Describe(property.PropertyType, value, documentation.Of(property) ?? documentation.Of(property.PropertyType));
    }

    private JsonNode Describe(Type type, object? value, string? description)
    {
        var node = new JsonObject();
        if (description is not null) node["description"] = description;
        if (SettingsShape.IsScalar(type)) DescribeScalar(node, type, value);
        else if (SettingsShape.ItemOf(type) is { } item) DescribeMany(node, type, item, value);
        else DescribeSection(node, type, value);
        return node;
    }

    private static void DescribeScalar(JsonObject node, Type type, object? value)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        node["type"] = plain == typeof(bool) ? "boolean" : plain == typeof(int) ? "integer" : "string";
        if (plain.IsEnum) node["enum"] = new JsonArray([.. Enum.GetNames(plain).Select(name => (JsonNode)name)]);
        if (plain == typeof(TimeSpan)) node["pattern"] = Duration;
        if (plain == typeof(DateOnly)) node["pattern"] = Day;
        JsonNode? standard = value switch
        {
            null or "" => null,
            bool truth => truth,
            int number => number,
            TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
        if (standard is not null) node["default"] = standard;
    }

    /// <summary>A list, or a dictionary by name; the names that ship are proposed.</summary>
    private void DescribeMany(JsonObject node, Type type, Type item, object? value)
    {
        if (!typeof(IDictionary).IsAssignableFrom(type))
        {
            node["type"] = "array";
            node["items"] = ItemSchema(item);
            return;
        }

        node["type"] = "object";
        if (value is IDictionary { Count: > 0 } shipped)
            node["properties"] = new JsonObject(shipped.Keys.Cast<string>().Select(name => KeyValuePair.Create(name, (JsonNode?)ItemSchema(item))));
        node["additionalProperties"] = ItemSchema(item);
    }

    private JsonNode ItemSchema(Type item)
    {
        if (SettingsShape.IsScalar(item) || SettingsShape.ItemOf(item) is not null) return Describe(item, null, null);
        if (!definitions.ContainsKey(item.Name))
        {
            definitions[item.Name] = new JsonObject();
            definitions[item.Name] = Describe(item, New(item), documentation.Of(item));
        }

        return new JsonObject { ["$ref"] = $"#/definitions/{item.Name}" };
    }

    private void DescribeSection(JsonObject node, Type type, object? value)
    {
        var properties = new JsonObject();
        foreach (var (name, property) in SettingsShape.PropertiesOf(type)) properties[name] = Describe(property, value);
        node["type"] = "object";
        node["additionalProperties"] = false;
        node["properties"] = properties;
    }

    private static object? New(Type type) => type.GetConstructor(Type.EmptyTypes)?.Invoke(null);
}
