using System.Globalization;
using System.Text;
using System.Text.Json;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Delta;

/// <summary>
/// Reads one user. A pass over the properties only notes where the values stand; a member, which most users are, then costs the
/// string of its id and nothing else.
/// </summary>
internal sealed class EntryReader : IDisposable
{
    private const int Id = 0;
    private const int Removed = 1;
    private const int FirstSelected = 2;

    private readonly byte[][] names;
    private readonly (int Start, int Length)[] values;
    private readonly int userType;
    private readonly int displayName;
    private readonly int mail;
    private readonly int externalUserState;
    private readonly int creationType;
    private readonly int createdDateTime;
    private readonly GuestFilter filter;
    private readonly SelectedValuesDigest digest = new();

    public EntryReader(IReadOnlyList<string> select, GuestFilter filter)
    {
        this.filter = filter;
        string[] all = ["id", "@removed", .. select.Where(name => name != "id")];
        names = [.. all.Select(Encoding.ASCII.GetBytes)];
        values = new (int, int)[names.Length];
        (userType, displayName, mail) = (Find("userType"), Find("displayName"), Find("mail"));
        (externalUserState, creationType, createdDateTime) = (Find("externalUserState"), Find("creationType"), Find("createdDateTime"));

        int Find(string name) => Array.FindIndex(all, each => each.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => digest.Dispose();

    /// <summary>Reads the object at which <paramref name="reader"/> stands, a reader over the whole of <paramref name="json"/>.</summary>
    /// <exception cref="MalformedPageException">The object is no user (README.md#the-parser-of-the-sdk).</exception>
    public DeltaEntry Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new MalformedPageException("an entry is not an object");

        Array.Clear(values);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var slot = FindSlot(ref reader);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (slot < 0) continue;
            if (values[slot].Length > 0) throw new MalformedPageException("an entry has a property twice");
            values[slot] = (start, (int)reader.BytesConsumed - start);
        }

        return Interpret(json);
    }

    /// <summary>
    /// id and @removed are matched exactly; the selected names without case, because an administrator may have written "displayname",
    /// and a name that never matches would hide every change of that property.
    /// </summary>
    private int FindSlot(ref Utf8JsonReader reader)
    {
        Span<byte> unescaped = stackalloc byte[512];
        scoped var name = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            if (name.Length > unescaped.Length || !JsonText.TryUnescape(ref reader, unescaped, out var length)) return -1;
            name = unescaped[..length];
        }

        for (var slot = 0; slot < FirstSelected; slot++)
            if (name.SequenceEqual(names[slot])) return slot;
        for (var slot = FirstSelected; slot < names.Length; slot++)
            if (Ascii.EqualsIgnoreCase(name, names[slot])) return slot;
        return -1;
    }

    private DeltaEntry Interpret(ReadOnlySpan<byte> json)
    {
        var id = ReadId(Value(json, Id));
        if (values[Removed].Length > 0) return new DeltaEntry(id, ReadReason(Value(json, Removed)));

        var kind = ReadUserType(Value(json, userType));
        if (kind == EntryKind.NotGuest && filter.TakesMembers && filter.CountsMember(Shown(json, userType), Shown(json, creationType)))
            kind = EntryKind.Guest;
        if (kind == EntryKind.NotGuest) return new DeltaEntry(id, kind);

        // An entry without a userType says too little to be filtered: a guest we count stays one (README.md#what-an-entry-means).
        if (kind == EntryKind.Guest && WhyOutside(json) is { } reason) return new DeltaEntry(id, EntryKind.Outside) { Outside = reason };
        return new DeltaEntry(id, kind, new GuestDetails(ReadDigest(json), Shown(json, displayName), Shown(json, mail), ReadTime(json)));
    }

    /// <summary>What is no time is none: nothing depends on it.</summary>
    private DateTimeOffset? ReadTime(ReadOnlySpan<byte> json)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(Shown(json, createdDateTime), CultureInfo.InvariantCulture, utc, out var time) ? time : null;
    }

    private IgnoredBecause? WhyOutside(ReadOnlySpan<byte> json) =>
        filter.AcceptsEveryone ? null : filter.WhyOutside(Shown(json, externalUserState), Shown(json, creationType), Shown(json, mail));

    private ReadOnlySpan<byte> Value(ReadOnlySpan<byte> json, int slot) => json.Slice(values[slot].Start, values[slot].Length);

    private string? Shown(ReadOnlySpan<byte> json, int slot) => slot < 0 ? null : JsonText.ReadForDisplay(Value(json, slot));

    private string ReadDigest(ReadOnlySpan<byte> json)
    {
        for (var slot = FirstSelected; slot < names.Length; slot++)
            if (slot != userType) digest.Add(Value(json, slot));
        return digest.Take();
    }

    private static string ReadId(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) throw new MalformedPageException("an entry has no id");
        var reader = new Utf8JsonReader(value);
        reader.Read();
        if (reader.TokenType != JsonTokenType.String) throw new MalformedPageException("an entry's id is not a string");
        var id = reader.GetString();
        return string.IsNullOrWhiteSpace(id) ? throw new MalformedPageException("an entry's id is empty") : id;
    }

    private static EntryKind ReadUserType(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return EntryKind.TypeAbsent;
        var reader = new Utf8JsonReader(value);
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return EntryKind.NotGuest;
        if (reader.TokenType != JsonTokenType.String) throw new MalformedPageException("an entry's userType is neither a string nor null");
        return "Guest".Equals(JsonText.ReadForDisplay(value), StringComparison.OrdinalIgnoreCase) ? EntryKind.Guest : EntryKind.NotGuest;
    }

    /// <summary>"deleted" is final; no reason, or one we do not know, counts as "changed" (README.md#what-an-entry-means).</summary>
    private static EntryKind ReadReason(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new MalformedPageException("an entry's @removed is not an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isReason = reader.ValueTextEquals("reason"u8);
            reader.Read();
            if (isReason && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("deleted"u8)) return EntryKind.Purged;
            reader.Skip();
        }

        return EntryKind.Removed;
    }
}
