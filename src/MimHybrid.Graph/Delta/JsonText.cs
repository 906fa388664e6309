using System.Text;
using System.Text.Json;

namespace MimHybrid.Graph.Delta;

/// <summary>Texts that may not be text: a name with half a surrogate pair in it must not stop the agent for ever.</summary>
internal static class JsonText
{
    /// <summary>False when the text is not Unicode, such as a lone surrogate, for which the reader throws.</summary>
    public static bool TryUnescape(ref Utf8JsonReader reader, scoped Span<byte> destination, out int length)
    {
        try
        {
            length = reader.CopyString(destination);
            return true;
        }
        catch (InvalidOperationException)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>The string, or null for any other token. What is not Unicode is shown as well as it can be.</summary>
    public static string? ReadForDisplay(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return null;
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.String) return null;
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
