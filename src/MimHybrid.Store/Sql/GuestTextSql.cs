using Microsoft.Data.Sqlite;

namespace MimHybrid.Store.Sql;

/// <summary>
/// The texts in which a guest known is searched: as those of the changes (<see cref="ChangeTextSql"/>), in blocks of guests whose ids begin
/// alike. Entra's ids are random, so that of a million guests fifteen share a block.
/// </summary>
internal static class GuestTextSql
{
    /// <summary>The version of the store that has them as they are now.</summary>
    public const int Since = 21;

    /// <summary>Letters of an id that its block has in common.</summary>
    private const int Common = 4;

    /// <summary>The guests of a block; no letter comes after the last of Unicode.</summary>
    private const string OfBlock =
        "FROM guest WHERE id >= $block AND id < $block || char(0x10FFFF) AND substr(id, 1, 4) = $block ORDER BY id";

    /// <summary>Writes the blocks of some guests as they are now, once these have come, changed or gone.</summary>
    public static void Write(SqliteConnection connection, IEnumerable<string> ids)
    {
        foreach (var block in ids.Select(BlockOf).Distinct(StringComparer.Ordinal))
        {
            using var read = connection.Sql($"SELECT id, name, mail {OfBlock}", ("$block", block));
            var lines = ReadBlocks(read).Select(found => found.Lines).FirstOrDefault();
            if (lines is null) connection.Run("DELETE FROM guest_people WHERE block = $block", ("$block", block));
            else Keep(connection, [(block, lines)]);
        }
    }

    /// <summary>Writes the blocks of all guests; what is as before is not written.</summary>
    public static void WriteAll(SqliteConnection connection)
    {
        connection.Run("DELETE FROM guest_people WHERE NOT EXISTS (SELECT 1 FROM guest WHERE id >= block AND substr(id, 1, 4) = block)");
        using var read = connection.Sql("SELECT id, name, mail FROM guest ORDER BY id");
        Keep(connection, ReadBlocks(read));
    }

    /// <summary>The guests known whose name or mail contains a text: id and name.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Find(SqliteConnection connection, string text)
    {
        var wanted = TextBlock.Wanted(text);
        using var command = connection.Sql("SELECT block, lines FROM guest_people");
        using var block = command.ExecuteReader();
        while (block.Read())
        {
            var found = TextBlock.FindLines(SQLitePCL.raw.sqlite3_column_blob(block.Handle, 1), wanted);
            if (found.Count == 0) continue;
            var guests = connection.Sql($"SELECT id, name {OfBlock}", ("$block", block.GetString(0)))
                .Rows(row => KeyValuePair.Create(row.GetString(0), row.OptionalText(1)));
            foreach (var line in found) yield return guests[line];
        }
    }

    private static string BlockOf(string id) => id.Length <= Common ? id : id[..Common];

    private static IEnumerable<(string Block, byte[] Lines)> ReadBlocks(SqliteCommand guests)
    {
        using var row = guests.ExecuteReader();
        var block = new TextBlock();
        string? current = null;
        while (row.Read())
        {
            var begin = BlockOf(row.GetString(0));
            if (current is not null && current != begin) yield return (current, block.TakePeople());
            current = begin;
            block.AddPerson(row.Handle!, 1);
        }

        if (current is not null) yield return (current, block.TakePeople());
    }

    private static void Keep(SqliteConnection connection, IEnumerable<(string Block, byte[] Lines)> blocks)
    {
        using var keep = connection.Sql(
            """
            INSERT INTO guest_people (block, lines) VALUES ($block, $lines)
            ON CONFLICT (block) DO UPDATE SET lines = excluded.lines WHERE lines <> excluded.lines
            """);
        foreach (var (block, lines) in blocks) keep.RunAgain(("$block", block), ("$lines", lines));
    }
}
