using System.Collections;
using System.Management.Automation;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>JSON to and from PowerShell's objects, as ConvertTo-Json and ConvertFrom-Json do it.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Plain) { WriteIndented = true };

    public static string Write(object value, bool indented) => Node(value)?.ToJsonString(indented ? Indented : Plain) ?? "null";

    public static object? Read(string text) => Value(JsonNode.Parse(text));

    public static JsonNode? Node(object? value) => value switch
    {
        null => null,
        PSObject { BaseObject: PSCustomObject } custom => new JsonObject(custom.Properties.Select(property => KeyValuePair.Create(property.Name, Node(property.Value)))),
        PSObject wrapped => Node(wrapped.BaseObject),
        IDictionary dictionary => new JsonObject(dictionary.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, Node(entry.Value)))),
        string text => JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        int number => JsonValue.Create(number),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Node)]),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    public static object? Value(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                var custom = new PSObject();
                foreach (var (name, value) in fields) custom.Properties.Add(new PSNoteProperty(name, Value(value)));
                return custom;
            case JsonArray list:
                return list.Select(Value).ToArray();
            case JsonValue scalar:
                return scalar.GetValueKind() switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    JsonValueKind.Number => scalar.GetValue<int>(),
                    _ => scalar.GetValue<string>(),
                };
            default:
                return null;
        }
    }
}
