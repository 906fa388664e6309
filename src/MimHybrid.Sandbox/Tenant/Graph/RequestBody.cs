using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Reads the JSON object that a request carries.</summary>
internal static class RequestBody
{
    /// <summary>Yields the object; an element of kind Undefined for anything else.</summary>
    public static async Task<JsonElement> ReadAsync(HttpContext context)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>A text of the object; null if there is none.</summary>
    public static string? Text(JsonElement body, string name) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;
}
