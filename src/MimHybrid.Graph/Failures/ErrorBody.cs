using System.Text.Json;
using MimHybrid.Graph.Delta;

namespace MimHybrid.Graph.Failures;

/// <summary>Takes the codes out of an error answer. Its message stays where it is: Graph says not to rely on it, and it may quote a token.</summary>
internal static class ErrorBody
{
    private const int MostBytes = 64 * 1024;
    private const int MostCodes = 8;
    private const int LongestCode = 64;

    /// <summary>error.code, then the codes of the inner errors; empty when the body is something else, such as a proxy's page.</summary>
    public static async Task<IReadOnlyList<string>> ReadCodesAsync(Stream stream, Patience patience)
    {
        using var body = await BoundedBody.ReadAsync(stream, MostBytes, patience);
        return body is null ? [] : ReadCodes(body.Bytes);
    }

    private static List<string> ReadCodes(ReadOnlySpan<byte> json)
    {
        var codes = new List<string>();
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out var document)) return codes;
            using (document)
            {
                var error = Inner(document.RootElement, "error");
                for (var depth = 0; error is { } level && depth < MostCodes; depth++)
                {
                    if (Code(level) is { } code) codes.Add(code);
                    error = Inner(level, "innerError") ?? Inner(level, "innererror");
                }
            }
        }
        catch (JsonException)
        {
            // The status alone has to do.
        }

        return codes;
    }

    private static JsonElement? Inner(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var inner) ? inner : null;

    /// <summary>A code is a word; anything longer or stranger is not shown to anybody.</summary>
    private static string? Code(JsonElement error) =>
        Inner(error, "code") is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 and <= LongestCode } code
            && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.')
            ? code
            : null;
}
