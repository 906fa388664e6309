using System.Buffers;
using Microsoft.Data.Sqlite;

namespace MimHybrid.Store.Sql;

/// <summary>
/// The texts in which a guest is searched. A row for each change would cost ten times the time to read, and an index of three letters
/// each knows neither shorter parts nor common ones (tests/MimHybrid.Benchmarks/README.md#growth-a-store-of-years).
/// </summary>
internal static class ChangeTextSql
{
    /// <summary>The version of the store that has them as they are now.</summary>
    public const int Since = 21;

    /// <summary>As many as an id has before its first hyphen.</summary>
    private const int ShortestOfAnId = 8;

    /// <summary>What an id is made of, folded.</summary>
    private static readonly SearchValues<byte> OfAnId = SearchValues.Create("0123456789ABCDEF-"u8);

    /// <summary>The blocks of some changes, to be written anew once these have come or gone.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="changes">SQL that says which.</param>
    /// <param name="parameters">Its parameters.</param>
    public static List<long> FindBlocks(
        SqliteConnection connection, string changes, params ReadOnlySpan<(string Name, object? Value)> parameters) => connection
        .Sql($"SELECT DISTINCT seq / {TextBlock.Changes} FROM change WHERE {changes}", parameters)
        .Rows(row => row.GetInt64(0));

    /// <summary>Writes blocks as their changes are now; of one that has none, nothing stays.</summary>
    public static void Write(SqliteConnection connection, IEnumerable<long> blocks)
    {
        foreach (var block in blocks)
        {
            connection.Run("DELETE FROM change_people WHERE block = $block", ("$block", block));
            connection.Run("DELETE FROM change_ids WHERE block = $block", ("$block", block));
            Write(connection, block * TextBlock.Changes, (block + 1) * TextBlock.Changes);
        }
    }

    /// <summary>Of all changes, where none are there.</summary>
    public static void WriteAll(SqliteConnection connection) => Write(connection, 0, long.MaxValue);

    /// <summary>
    /// The changes whose guest's name or mail contains a text, or whose guest's id does where the text can only be one, newest first; read
    /// while they are used.
    /// </summary>
    public static IEnumerable<long> Find(SqliteConnection connection, string text)
    {
        var wanted = TextBlock.Wanted(text);
        var isOfAnId = IsOfAnId(wanted);
        using var command = connection.Sql(isOfAnId
            ? "SELECT block, people.lines, ids.lines FROM change_people AS people JOIN change_ids AS ids USING (block) ORDER BY block DESC"
            : "SELECT block, lines FROM change_people ORDER BY block DESC");
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            IEnumerable<int> found = TextBlock.FindLines(SQLitePCL.raw.sqlite3_column_blob(row.Handle, 1), wanted);
            if (isOfAnId) found = found.Union(TextBlock.FindLines(SQLitePCL.raw.sqlite3_column_blob(row.Handle, 2), wanted));
            foreach (var line in found.OrderDescending()) yield return (row.GetInt64(0) * TextBlock.Changes) + line;
        }
    }

    /// <summary>Whether a text is sought in ids too: a shorter one is part of too many, and any other is part of none.</summary>
    public static bool IsOfAnId(ReadOnlySpan<byte> wanted) => wanted.Length >= ShortestOfAnId && !wanted.ContainsAnyExcept(OfAnId);

    /// <summary>In one pass, without making a text of each value: a store of years has a million of them.</summary>
    private static void Write(SqliteConnection connection, long from, long to)
    {
        using var read = connection.Sql(
            "SELECT seq, guest_id, name, mail FROM change WHERE seq >= $from AND seq < $to ORDER BY seq", ("$from", from), ("$to", to));
        using var people = connection.Sql("INSERT INTO change_people (block, lines) VALUES ($block, $lines)");
        using var ids = connection.Sql("INSERT INTO change_ids (block, lines) VALUES ($block, $lines)");
        using var row = read.ExecuteReader();
        var block = new TextBlock();
        while (row.Read())
        {
            var change = row.GetInt64(0);
            if (block.Number is { } number && number != change / TextBlock.Changes) Keep(number);
            block.Add(change, row.Handle!);
        }

        if (block.Number is { } last) Keep(last);

        void Keep(long number)
        {
            people.RunAgain(("$block", number), ("$lines", block.TakePeople()));
            ids.RunAgain(("$block", number), ("$lines", block.TakeIds()));
        }
    }
}
