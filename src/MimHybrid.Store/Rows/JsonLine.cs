using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MimHybrid.Store.Rows;

/// <summary>JSON as it is printed, sent and stored: one line, names of people with their letters, since a terminal is not HTML.</summary>
public static class JsonLine
{
    /// <summary>For a generated context. On reading, what lacks a value that it must have is damaged.</summary>
    public static JsonSerializerOptions Options(params IEnumerable<JsonConverter> converters)
    {
        var options = new JsonSerializerOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
        foreach (var converter in converters) options.Converters.Add(converter);
        return options;
    }

    /// <summary>
    /// The encoder leaves marks that turn the direction of writing, and others that nobody sees, as they are: an invited stranger could
    /// make a terminal or a review show another name than the one that is there. Outside a string JSON has none of them.
    /// </summary>
    public static string Of<T>(T value, JsonTypeInfo<T> type) => Invisible.Escape(JsonSerializer.Serialize(value, type));
}
