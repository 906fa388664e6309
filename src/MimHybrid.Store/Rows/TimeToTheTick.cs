using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MimHybrid.Store.Rows;

/// <summary>A time in JSON as MIM gave it: UTC with all its digits, so that nothing is lost between its history and the run log.</summary>
public sealed class TimeToTheTick : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDateTimeOffset(out var time) ? time : throw new JsonException("This is no time.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
}
