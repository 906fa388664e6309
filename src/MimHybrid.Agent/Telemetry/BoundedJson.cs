using System.Text;
using System.Text.Json.Serialization.Metadata;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Telemetry;

/// <summary>A list as JSON that stays whole where the receiver cuts: Application Insights keeps 8192 characters of a property.</summary>
internal static class BoundedJson
{
    private const int Longest = 8192;
    private const string CutOff = """{"more":true}""";

    /// <summary>As many items as fit, then <c>{"more":true}</c>; null for an empty list.</summary>
    public static string? Of<T>(IEnumerable<T> items, JsonTypeInfo<T> type)
    {
        var text = new StringBuilder("[");
        foreach (var item in items)
        {
            var one = JsonLine.Of(item, type);
            if (text.Length + one.Length + CutOff.Length + 2 > Longest) return text.Append(CutOff).Append(']').ToString();
            text.Append(one).Append(',');
        }

        if (text.Length == 1) return null;
        text[^1] = ']';
        return text.ToString();
    }
}
