using System.Runtime.InteropServices;
using System.Text.Json;
using MimHybrid.Graph.Delta;

namespace MimHybrid.Graph.Failures;

/// <summary>
/// Takes the codes out of an error answer. Its message stays where it is: Graph says not to rely on it, and it may quote a token. It is
/// only asked which of the agent's own names it quotes.
/// </summary>
internal static class ErrorBody
{
    private const int MostBytes = 64 * 1024;
    private const int MostCodes = 8;
    private const int LongestCode = 64;

    /// <summary>error.code, then the codes of the inner errors; empty when the body is something else, such as a proxy's page.</summary>
    /// <param name="stream">The answer's body.</param>
    /// <param name="deadline">How long it is waited for.</param>
    /// <param name="ours">Names that were asked for; of the message only these are looked for.</param>
    /// <returns>The codes, and which of our names the message quotes.</returns>
    public static async Task<(IReadOnlyList<string> Codes, IReadOnlyList<string> Named)> ReadAsync(
        Stream stream, RequestDeadline deadline, IReadOnlyList<string> ours)
    {
        using var body = await BoundedBody.ReadAsync(stream, MostBytes, deadline);
        return body is null ? ([], []) : Read(body.Bytes, ours);
    }

    private static (List<string> Codes, List<string> Named) Read(ReadOnlySpan<byte> json, IReadOnlyList<string> ours)
    {
        var (codes, named) = (new List<string>(), new List<string>());
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!JsonDocument.TryParseValue(ref reader, out var document)) return (codes, named);
            using (document)
            {
                var root = document.RootElement;
                var error = Inner(root, "error") ?? Inner(root, "odata.error") ?? root;
                named.AddRange(Quoted(error, ours));
                for (JsonElement? next = error; next is { } level && codes.Count < MostCodes; next = InnerError(level))
                    if (Code(level) is { } code) codes.Add(code);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is not Unicode: the status and what was read before have to do.
        }

        return (codes, named);
    }

    private static JsonElement? Inner(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var inner) ? inner : null;

    private static JsonElement? InnerError(JsonElement error) => Inner(error, "innerError") ?? Inner(error, "innererror");

    /// <summary>A code is a word; anything longer or stranger is not shown to anybody.</summary>
    private static string? Code(JsonElement error) =>
        Text(error, "code") is { Length: > 0 and <= LongestCode } code
            && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.')
            ? code
            : null;

    /// <summary>Graph puts a name that it objects to between quotation marks (README.md#query-options).</summary>
    private static IEnumerable<string> Quoted(JsonElement error, IReadOnlyList<string> ours) =>
        Text(error, "message") is { } message
            ? ours.Where(name => message.Contains($"'{name}'", StringComparison.OrdinalIgnoreCase)
                || message.Contains($"\"{name}\"", StringComparison.OrdinalIgnoreCase))
            : [];

    /// <summary>What is not Unicode, such as half a surrogate pair, is read as well as it can be.</summary>
    private static string? Text(JsonElement parent, string name) =>
        Inner(parent, name) is { ValueKind: JsonValueKind.String } value
            ? JsonText.ReadForDisplay(JsonMarshal.GetRawUtf8Value(value))
            : null;
}
