using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MimHybrid.Store.Sql;

/// <summary>
/// Names and mails of a few changes in a row, one change a line, and their ids, in one case and width: read as bytes, searched as bytes.
/// </summary>
internal sealed class TextBlock
{
    /// <summary>So many lines are about half of a page of the file: none needs a second page. A bit each, where lines are found.</summary>
    public const int Changes = 32;

    private readonly ArrayBufferWriter<byte> people = new();
    private readonly ArrayBufferWriter<byte> ids = new();
    private int lines;

    /// <summary>Which block this is; null while it is empty.</summary>
    public long? Number { get; private set; }

    /// <summary>One case and one width; SQLite's own lower() knows ASCII alone, and guests are called Özlem, too.</summary>
    public static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    /// <summary>The lines that contain a text, a bit each.</summary>
    public static uint FindLines(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> wanted)
    {
        var found = 0u;
        var line = 0;
        while (lines.IndexOf(wanted) is var at && at >= 0)
        {
            line += lines[..at].Count((byte)'\n');
            found |= 1u << line++;
            var end = lines[at..].IndexOf((byte)'\n');
            if (end < 0) break;
            lines = lines[(at + end + 1)..];
        }

        return found;
    }

    /// <summary>The rows, of id, name and mail, of which one contains a text: id and name. Texts are made of those that do alone.</summary>
    public static IEnumerable<(string Id, string? Name)> FindRows(SqliteConnection connection, string sql, string text)
    {
        var wanted = Encoding.UTF8.GetBytes(Fold(text));
        var line = new ArrayBufferWriter<byte>();
        using var command = connection.Sql(sql);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            for (var column = 0; column < 3; column++)
            {
                Append(line, raw.sqlite3_column_blob(row.Handle, column));
                line.Write("\t"u8);
            }

            if (Take(line).AsSpan().IndexOf(wanted) >= 0) yield return (row.GetString(0), row.OptionalText(1));
        }
    }

    /// <summary>A change, later than those before: its columns are number, id, name and mail.</summary>
    public void Add(long change, sqlite3_stmt row)
    {
        Number ??= change / Changes;
        for (; lines < change % Changes; lines++) EndLine(); // of changes that are gone
        Append(ids, raw.sqlite3_column_blob(row, 1));
        Append(people, raw.sqlite3_column_blob(row, 2));
        people.Write("\t"u8);
        Append(people, raw.sqlite3_column_blob(row, 3));
        EndLine();
        lines++;
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
