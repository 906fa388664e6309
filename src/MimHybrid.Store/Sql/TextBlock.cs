using System.Buffers;
using System.Globalization;
using System.Text;
using AnyAscii;
using SQLitePCL;

namespace MimHybrid.Store.Sql;

/// <summary>
/// Names and mails of a few changes or guests in a row, one a line, and ids, in capital Latin letters: read as bytes, searched as bytes.
/// </summary>
internal sealed class TextBlock
{
    /// <summary>So many lines are about half of a page of the file: none needs a second page.</summary>
    public const int Changes = 32;

    private readonly ArrayBufferWriter<byte> people = new();
    private readonly ArrayBufferWriter<byte> ids = new();
    private int lines;

    /// <summary>Which block this is; null while it is empty.</summary>
    public long? Number { get; private set; }

    /// <summary>What is looked for, as the lines have it. What is empty is in each.</summary>
    public static byte[] Wanted(string text) => Fold(Encoding.UTF8.GetBytes(text.Replace('\n', ' ')));

    /// <summary>The lines that contain a text, by their numbers from 0.</summary>
    public static IReadOnlyList<int> FindLines(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> wanted)
    {
        List<int>? found = null; // most blocks have none
        var line = 0;
        while (!lines.IsEmpty && lines.IndexOf(wanted) is var at && at >= 0)
        {
            line += lines[..at].Count((byte)'\n');
            (found ??= []).Add(line++);
            var end = lines[at..].IndexOf((byte)'\n');
            if (end < 0) break;
            lines = lines[(at + end + 1)..];
        }

        return found ?? [];
    }

    /// <summary>A change, later than those before: its columns are number, id, name and mail.</summary>
    public void Add(long change, sqlite3_stmt row)
    {
        Number ??= change / Changes;
        for (; lines < change % Changes; lines++) EndLine(); // of changes that are gone
        Append(ids, raw.sqlite3_column_blob(row, 1));
        ids.Write("\n"u8);
        AddPerson(row, 2);
        lines++;
    }

    /// <summary>A line with a name and a mail, which stand in columns beside each other.</summary>
    public void AddPerson(sqlite3_stmt row, int name)
    {
        Append(people, raw.sqlite3_column_blob(row, name));
        people.Write("\t"u8);
        Append(people, raw.sqlite3_column_blob(row, name + 1));
        people.Write("\n"u8);
    }

    public byte[] TakePeople() => Take(people);

    /// <summary>The last: the block is empty afterwards.</summary>
    public byte[] TakeIds()
    {
        (Number, lines) = (null, 0);
        return Take(ids);
    }

    private static byte[] Take(ArrayBufferWriter<byte> text)
    {
        var taken = text.WrittenSpan.ToArray();
        text.ResetWrittenCount();
        if (!Ascii.IsValid(taken)) return Fold(taken);
        Ascii.ToUpperInPlace(taken, out _);
        return taken;
    }

    /// <summary>
    /// In capital Latin letters, whatever the script, the accents or the width: who looks for a guest has heard the name and not seen it.
    /// What has none stays as it is; what is not seen goes.
    /// </summary>
    private static byte[] Fold(ReadOnlySpan<byte> utf8)
    {
        var folded = new ArrayBufferWriter<byte>(utf8.Length + 1);
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            utf8 = utf8[length..];
            if (rune.IsAscii) folded.Write([(byte)Rune.ToUpperInvariant(rune).Value]);
            else if (Transliteration.Transliterate(rune) is { IsEmpty: false } latin) WriteUpper(folded, latin);
            else if (IsSeen(rune)) folded.Advance(Rune.ToUpperInvariant(rune).EncodeToUtf8(folded.GetSpan(4)));
        }

        return folded.WrittenSpan.ToArray();
    }

    private static void WriteUpper(ArrayBufferWriter<byte> folded, ReadOnlySpan<byte> latin)
    {
        Ascii.ToUpper(latin, folded.GetSpan(latin.Length), out var written);
        folded.Advance(written);
    }

    /// <summary>An accent that stands alone, or a mark of direction, has no letter of its own to be looked for.</summary>
    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.Format or UnicodeCategory.Control);

    private static void Append(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> value)
    {
        var room = text.GetSpan(value.Length + 1);
        value.CopyTo(room);
        room[..value.Length].Replace((byte)'\n', (byte)' ');
        text.Advance(value.Length);
    }

    private void EndLine()
    {
        people.Write("\n"u8);
        ids.Write("\n"u8);
    }
}
