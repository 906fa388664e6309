using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace MimHybrid.Graph.Delta;

/// <summary>
/// Reads delta pages strictly. The SDK's own models take a page without "value" for an empty one and an entry without an id for a
/// user; with a delta link on it, such a page would lose guests for ever (README.md#the-parser-of-the-sdk). Unknown properties are
/// skipped: Graph adds them at will.
/// </summary>
/// <remarks>Not safe for two threads at once.</remarks>
public sealed class DeltaPageReader(IReadOnlyList<string> select, GuestFilter? filter = null) : IDisposable
{
    private static readonly JsonReaderOptions Strict = new() { CommentHandling = JsonCommentHandling.Disallow, MaxDepth = 64 };
    private readonly EntryReader entries = new(select, filter ?? GuestFilter.Everyone);

    private delegate T Reading<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> json);

    public void Dispose() => entries.Dispose();

    /// <summary>Reads a page of a round.</summary>
    /// <param name="json">The whole body; a byte order mark is accepted.</param>
    /// <param name="page">The page.</param>
    /// <param name="defect">What is wrong with the page, in words that quote nothing of it.</param>
    public bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out DeltaPage? page, [NotNullWhen(false)] out string? defect)
    {
        (page, defect) = Guarded<DeltaPage>(json, ReadPage);
        return page is not null;
    }

    /// <summary>Reads a page of a list.</summary>
    /// <param name="json">The whole body; a byte order mark is accepted.</param>
    /// <param name="page">The page.</param>
    /// <param name="defect">What is wrong with the page, in words that quote nothing of it.</param>
    public bool TryReadList(ReadOnlySpan<byte> json, [NotNullWhen(true)] out ListPage? page, [NotNullWhen(false)] out string? defect)
    {
        (page, defect) = Guarded<ListPage>(json, ReadListPage);
        return page is not null;
    }

    /// <summary>Reads a single user, as a read by id returns it.</summary>
    /// <param name="json">The whole body; a byte order mark is accepted.</param>
    /// <param name="user">The user, as an entry.</param>
    /// <param name="defect">What is wrong with the answer, in words that quote nothing of it.</param>
    public bool TryReadUser(ReadOnlySpan<byte> json, out DeltaEntry user, [NotNullWhen(false)] out string? defect)
    {
        (user, defect) = Guarded<DeltaEntry>(json, entries.Read);
        return defect is null;
    }

    private static (T? Value, string? Defect) Guarded<T>(ReadOnlySpan<byte> json, Reading<T> read)
    {
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        if (json.IsEmpty) return (default, "the answer is empty");
        try
        {
            var reader = new Utf8JsonReader(json, Strict);
            reader.Read();
            var value = read(ref reader, json);
            while (reader.Read()) { } // anything after the end throws
            return (value, null);
        }
        catch (MalformedPageException e)
        {
            return (default, e.Message);
        }
        catch (JsonException e)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine}");
            return (default, $"the answer is not JSON ({place})");
        }
        catch (InvalidOperationException)
        {
            return (default, "the answer has an id or a link that is not Unicode text");
        }
    }

    private DeltaPage ReadPage(ref Utf8JsonReader reader, ReadOnlySpan<byte> json) => ReadParts(ref reader, json) switch
    {
        (_, null, null) => throw new MalformedPageException("the page has no link, neither to the next page nor to the next round"),
        (_, not null, not null) => throw new MalformedPageException("the page has two links, to the next page and to the next round"),
        var (value, next, delta) => new DeltaPage(value, next ?? delta!, delta is not null),
    };

    private ListPage ReadListPage(ref Utf8JsonReader reader, ReadOnlySpan<byte> json) => ReadParts(ref reader, json) switch
    {
        (_, _, not null) => throw new MalformedPageException("the page of a list has a link to a next round"),
        var (value, next, _) => new ListPage(value, next),
    };

    private (List<DeltaEntry> Value, string? Next, string? Delta) ReadParts(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new MalformedPageException("the answer is not an object");

        List<DeltaEntry>? value = null;
        string? next = null;
        string? delta = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("value"u8)) Once(ref value, ReadEntries(ref reader, json));
            else if (reader.ValueTextEquals("@odata.nextLink"u8)) Once(ref next, ReadLink(ref reader));
            else if (reader.ValueTextEquals("@odata.deltaLink"u8)) Once(ref delta, ReadLink(ref reader));
            else reader.Skip();
        }

        return value is null ? throw new MalformedPageException("the page has no \"value\"") : (value, next, delta);
    }

    private static void Once<T>(ref T? place, T value) where T : class =>
        place = place is null ? value : throw new MalformedPageException("the page has a property twice");

    private List<DeltaEntry> ReadEntries(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) throw new MalformedPageException("\"value\" is not an array");
        var read = new List<DeltaEntry>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) read.Add(entries.Read(ref reader, json));
        return read;
    }

    private static string ReadLink(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String) throw new MalformedPageException("a link is not a string");
        var link = reader.GetString()!;
        return Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? link
            : throw new MalformedPageException("a link is not an absolute web address");
    }
}
