using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MimHybrid.Agent.Json;

/// <summary>A time as our JSON has it: UTC, ISO 8601, to the millisecond.</summary>
internal sealed class JsonTime : JsonConverter<DateTimeOffset>
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Of(value));
}
