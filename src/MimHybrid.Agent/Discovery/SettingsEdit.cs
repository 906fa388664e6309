using System.Text;
using System.Text.Json;
using MimHybrid.Agent.Settings;

namespace MimHybrid.Agent.Discovery;

/// <summary>
/// Sets values at the top of a settings file and leaves every other byte of it, comments among them. Text in, text out: who writes it keeps
/// a copy and checks it first.
/// </summary>
internal static class SettingsEdit
{
    /// <param name="json">One object, as <see cref="SettingsFile"/> has read it.</param>
    /// <param name="name">A name of the top level, whatever its case in the file.</param>
    /// <param name="value">JSON, indented as it would stand at the left margin.</param>
    public static byte[] Set(byte[] json, string name, string value)
    {
        var (found, last, end) = Find(json, name);
        var newLine = json.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        var indented = value.ReplaceLineEndings(newLine + "  ");
        if (found is { } place) return [.. json[..place.From], .. Encoding.UTF8.GetBytes(indented), .. json[place.To..]];

        var property = Encoding.UTF8.GetBytes($"  \"{JsonEncodedText.Encode(name)}\": {indented}{newLine}");
        var before = Trim(json, end);
        return last is not { } after
            ? [.. json[..before], .. Encoding.UTF8.GetBytes(newLine), .. property, .. json[end..]]
            :
            [
                .. json[..after],
                .. HasComma(json, after) ? ""u8 : ","u8,
                .. json[after..before],
                .. Encoding.UTF8.GetBytes(newLine),
                .. property,
                .. json[end..],
            ];
    }

    /// <summary>Where the value of that name stands, where the last value ends, and where the object does.</summary>
    private static ((int From, int To)? Found, int? Last, int End) Find(byte[] json, string name)
    {
        ((int, int)? found, int? last) = (null, null);
        var reader = new Utf8JsonReader(json, SettingsFile.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.GetString()!.Equals(name, StringComparison.OrdinalIgnoreCase);
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            last = (int)reader.BytesConsumed;
            if (isIt) found = (from, last.Value);
        }

        return (found, last, (int)reader.TokenStartIndex);
    }

    private static bool HasComma(byte[] json, int at)
    {
        while (true)
        {
            while (json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
            if (json[at] != '/') return json[at] == ',';
            var comment = json.AsSpan(at);
            at += json[at + 1] == '/' ? comment.IndexOf((byte)'\n') + 1 : comment.IndexOf("*/"u8) + 2;
        }
    }

    /// <summary>The place before the blanks that end there.</summary>
    private static int Trim(byte[] json, int end)
    {
        while (json[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') end--;
        return end;
    }
}
