using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>The cycles with a guest: from the guest's changes to the cycles that they caused, newest first.</summary>
internal static class RunLogSearch
{
    /// <summary>Oldest first, as a log is read.</summary>
    public static List<long> Find(SqliteConnection connection, RunLogQuery query, string guest)
    {
        var found = Newest(connection, query, guest).Take(query.Last ?? int.MaxValue).ToList();
        found.Reverse();
        return found;
    }

    /// <summary>The cycles with a guest, and those that say it themselves; oldest first.</summary>
    public static List<long> FindText(SqliteConnection connection, RunLogQuery query, string text)
    {
        var most = query.Last ?? int.MaxValue;
        var said = connection.Sql(
            $"""
            SELECT id FROM cycle WHERE {RunLogSql.Narrowed}
              AND (instr(lower(reason), $text) > 0 OR instr(lower(failure), $text) > 0 OR instr(lower(forced_by), $text) > 0)
            ORDER BY id DESC LIMIT $last
            """,
            [.. RunLogSql.Narrowing(query), ("$text", text.ToLowerInvariant()), ("$last", query.Last ?? -1)])
            .Rows(row => row.GetInt64(0));
        return [.. Newest(connection, query, text).Take(most).Concat(said).Distinct().OrderDescending().Take(most).Order()];
    }

    /// <summary>
    /// A change caused the cycle that carried it and those that tried before. Of the changes of one cycle one is enough: the next that is
    /// looked up is as old as the last cause of an older cycle.
    /// </summary>
    private static IEnumerable<long> Newest(SqliteConnection connection, RunLogQuery query, string guest)
    {
        using var caused = connection.Sql(
            $"""
            SELECT id FROM cycle WHERE {CycleSql.IsCausedBy} AND through_change < $before
              AND {RunLogSql.Narrowed}
            ORDER BY id DESC
            """);
        var before = long.MaxValue; // the causes that the cycles told so far end with are no less
        var next = long.MaxValue;
        foreach (var change in ChangeTextSql.Find(connection, guest))
        {
            if (change > next) continue;
            foreach (var cycle in Read(caused, query, change, before)) yield return cycle;
            before = change;
            next = connection.Number(
                "SELECT max(through_change) FROM cycle WHERE through_change > after_change AND through_change < $change",
                ("$change", change));
        }
    }

    private static List<long> Read(SqliteCommand caused, RunLogQuery query, long change, long before)
    {
        List<long> cycles = [];
        caused.Bind([.. RunLogSql.Narrowing(query), ("$change", change), ("$before", before)]);
        using var row = caused.ExecuteReader();
        while (row.Read()) cycles.Add(row.GetInt64(0));
        return cycles;
    }
}
