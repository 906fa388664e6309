using System.Buffers;
using System.Text;
using SQLitePCL;

namespace MimHybrid.Store.Sql;

/// <summary>
/// Names and mails of a few changes or guests in a row, one a line, and ids, in one case and width: read as bytes, searched as bytes.
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

    /// <summary>One case and one width; SQLite's own lower() knows ASCII alone, and guests are called Özlem, too.</summary>
    public static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    /// <summary>What is looked for, as the lines have it.</summary>
    public static byte[] Wanted(string text) => Encoding.UTF8.GetBytes(Fold(text).Replace('\n', ' '));

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
        if (!Ascii.IsValid(taken)) return Encoding.UTF8.GetBytes(Fold(Encoding.UTF8.GetString(taken)));
        Ascii.ToUpperInPlace(taken, out _);
        return taken;
    }

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
