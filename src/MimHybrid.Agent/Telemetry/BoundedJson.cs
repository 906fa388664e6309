using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MimHybrid.Agent.Telemetry;

/// <summary>A list as JSON that stays whole where the receiver cuts: Application Insights keeps 8192 characters of a property.</summary>
internal static class BoundedJson
{
    private const int Longest = 8192;
    private const string CutOff = """{"more":true}""";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As many items as fit, then <c>{"more":true}</c>; null for an empty list.</summary>
    public static string? Of<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0) return null;
        var text = new StringBuilder("[");
        foreach (var item in items)
        {
            var one = Write(item, write);
            if (text.Length + one.Length + CutOff.Length + 2 > Longest) return text.Append(CutOff).Append(']').ToString();
            text.Append(one).Append(',');
        }

        text[^1] = ']';
        return text.ToString();
    }

    private static string Write<T>(T item, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json, item);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
