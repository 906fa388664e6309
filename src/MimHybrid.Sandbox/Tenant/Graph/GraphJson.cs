using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Writes bodies as Graph does.</summary>
internal static class GraphJson
{
    /// <summary>The content type of data, with OData's parameters.</summary>
    public const string ODataContentType =
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

    private const string PlainContentType = "application/json";

    // Graph sends letters such as ü as they are.
    private static readonly JsonWriterOptions writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        await using (var json = new Utf8JsonWriter(body, writing))
            write(json);

        context.Response.StatusCode = status;
        context.Response.ContentType = status < 300 ? ODataContentType : PlainContentType;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    /// <summary>Writes one user with the properties asked for.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="user">The user.</param>
    /// <param name="properties">Which properties; the id is always written.</param>
    /// <param name="withUnset">Writes null for a property never set, as lists do; delta leaves it out.</param>
    public static void WriteUser(Utf8JsonWriter json, TenantUser user, IReadOnlyList<string> properties, bool withUnset)
    {
        json.WriteString(UserProperties.Id, user.Id);
        foreach (var name in properties)
        {
            if (name != UserProperties.Id && UserProperties.TryFind(name, out var property) && (withUnset || user.Values.ContainsKey(name)))
                WriteValue(json, property, user[name]);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, UserProperty property, string? value)
    {
        json.WritePropertyName(property.Name);
        switch (property.Kind)
        {
            case UserPropertyKind.TextList:
                WriteList(json, value);
                break;
            case UserPropertyKind.Boolean when value is not null:
                json.WriteBooleanValue(string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));
                break;
            default:
                json.WriteStringValue(value);
                break;
        }
    }

    private static void WriteList(Utf8JsonWriter json, string? value)
    {
        json.WriteStartArray();
        foreach (var item in (value ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            json.WriteStringValue(item);

        json.WriteEndArray();
    }
}
