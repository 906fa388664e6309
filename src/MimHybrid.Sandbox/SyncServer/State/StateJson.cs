using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MimHybrid.Sandbox.SyncServer.Runs;

namespace MimHybrid.Sandbox.SyncServer.State;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SyncServerDocument))]
[JsonSerializable(typeof(DirectoryDocument))]
[JsonSerializable(typeof(ExportError))]
internal sealed partial class StateJson : JsonSerializerContext
{
    /// <summary>For the eyes of people: indented, and names as they are spelled. The file is never part of a web page.</summary>
    public static StateJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
