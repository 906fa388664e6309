using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using MimHybrid.Cycles.Words;

namespace MimHybrid.Agent.Settings;

/// <summary>
/// The bytes of a settings file in which every name stands once. Configuration would stop at the first thing it cannot read, count lines
/// from 0, and join two sections of the same name without a word.
/// </summary>
internal sealed partial class SettingsFile
{
    public const string TwoBackslashes = @"a backslash is written twice in JSON, as in CONTOSO\\svc-mim";

    /// <summary>A device, or a disk image named by mistake, would fill the memory.</summary>
    private const int LargestBytes = 4 * 1024 * 1024;

    /// <summary>As configuration reads it.</summary>
    public static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly byte[] json;
    private readonly Dictionary<string, int> lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(int Line, string What)> errors = [];
    private int counted;
    private int line = 1;

    private SettingsFile(byte[] json) => this.json = json;

    /// <summary>A file that sets nothing.</summary>
    public static byte[] Nothing => [.. "{}"u8];

    /// <summary>Null where there is no such file. One that may not be read, or may not be looked for, is not "no such file".</summary>
    /// <exception cref="SettingsException">It cannot be read; with the lines, as editors count them.</exception>
    public static byte[]? Read(string path)
    {
        if (ReadBytes(path) is not { } json) return null;
        if (json.Length > LargestBytes)
            throw new SettingsException([$"The settings file {path} has more than {LargestBytes} bytes; allowed is a settings file."]);
        if (json is [0xEF, 0xBB, 0xBF, ..]) json = json[3..];
        var settings = new SettingsFile(json);
        settings.Check();
        return settings.errors.Count == 0
            ? json
            : throw new SettingsException(
                [.. settings.errors.Select(error => $"The settings file {path}, line {error.Line}: {error.What}.")]);
    }

    private static byte[]? ReadBytes(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var json = new byte[LargestBytes + 1];
            return json[..file.ReadAtLeast(json, json.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            throw new SettingsException([$"The settings file {path} is a folder; allowed is a file."]);
        }
        catch (UnauthorizedAccessException)
        {
            throw new SettingsException(
                [$"The settings file {path} may not be read by {CurrentAccount.Name}: give it the right to read the file and to look into "
                    + "its folder, or open PowerShell as administrator."]);
        }
        catch (IOException e)
        {
            throw new SettingsException(
                [$"The settings file {path} cannot be read "
                    + $"({e.Message.TrimEnd('.')}); allowed is a file that {CurrentAccount.Name} may read."]);
        }
    }

    private void Check()
    {
        if (json is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            errors.Add((1, "it is UTF-16; save it as UTF-8"));
            return;
        }

        if (!Utf8.IsValid(json))
        {
            errors.Add((LineAt(FirstInvalid()), "it is not UTF-8; save it as UTF-8"));
            return;
        }

        if (json.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
        {
            errors.Add((1, "it is empty; allowed is one object, { … }"));
            return;
        }

        try
        {
            var reader = new Utf8JsonReader(json, Options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) errors.Add((1, "it is a list or a value; allowed is one object, { … }"));
            else Visit(ref reader, "");
            while (reader.Read()) ; // what follows the object is an error of its own
        }
        catch (JsonException e)
        {
            var at = (int)(e.LineNumber ?? 0) + 1;
            errors.Add((at, HasLoneBackslash(at) ? TwoBackslashes : $"it is no JSON: {Words(e)}"));
        }
    }

    private void Visit(ref Utf8JsonReader reader, string path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var at = LineAt((int)reader.TokenStartIndex);
                    var name = path.Length == 0 ? Text(ref reader, at) : $"{path}:{Text(ref reader, at)}";
                    reader.Read();
                    Enter(ref reader, name, at);
                }

                break;
            case JsonTokenType.StartArray:
                for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
                    Enter(ref reader, $"{path}:{index}", LineAt((int)reader.TokenStartIndex));
                break;
            case JsonTokenType.String:
                Text(ref reader, LineAt((int)reader.TokenStartIndex));
                break;
        }
    }

    /// <summary>A name may hold the colons of its sections, and meet what those hold.</summary>
    private void Enter(ref Utf8JsonReader reader, string name, int at)
    {
        if (!lines.TryAdd(name, at))
            errors.Add((at, $"{SettingRule.Cut(Printable.Of(name))} is there twice; the first is in line {lines[name]}"));
        Visit(ref reader, name);
    }

    /// <summary>An escape such as \uD800 alone is JSON, and no text.</summary>
    private string Text(ref Utf8JsonReader reader, int at)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            errors.Add((at, @"half a character; \uD800 to \uDFFF come in pairs"));
            return "";
        }
    }

    /// <summary>The places come in their order, so that each line is counted once.</summary>
    private int LineAt(int place)
    {
        for (; counted < place; counted++)
            if (json[counted] == '\n') line++;
        return line;
    }

    private int FirstInvalid()
    {
        var place = 0;
        while (Rune.DecodeFromUtf8(json.AsSpan(place), out _, out var length) == OperationStatus.Done) place += length;
        return place;
    }

    private bool HasLoneBackslash(int at) =>
        Escape.Replace(Encoding.UTF8.GetString(json).Split('\n')[at - 1], "").Contains('\\', StringComparison.Ordinal);

    /// <summary>The framework's sentence without its own count of lines.</summary>
    private static string Words(JsonException fault) =>
        fault.Message.Split(" LineNumber:")[0].TrimEnd('.');

    /// <summary>What may follow a backslash.</summary>
    [GeneratedRegex("""\\(["\\/bfnrt]|u[0-9A-Fa-f]{4})""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Escape { get; }
}
