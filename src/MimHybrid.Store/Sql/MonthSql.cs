using System.Globalization;
using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Many cycles at once, without what they were caused by.</summary>
internal static class MonthSql
{
    /// <summary>So many of the newest cycles have every name that is in use; a look at all would take as long as they are many.</summary>
    private const int Newest = 5000;

    public static string Distinct(string column) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT DISTINCT {column} FROM (SELECT {column} FROM cycle ORDER BY id DESC LIMIT {Newest}) ORDER BY {column}");

    public static List<CycleHead> ReadHeads(SqliteConnection connection, long after, DateTimeOffset since, int most)
    {
        var heads = connection
            .Sql(
                $"""
                SELECT {RunLogSql.Columns}, through_change > after_change FROM cycle
                WHERE id > $after AND started_at >= $since ORDER BY id LIMIT $most
                """,
                ("$after", after), ("$since", since), ("$most", most))
            .Rows(row => new CycleHead(RunLogSql.ReadRow(row), row.GetBoolean(RunLogSql.ColumnCount)));
        if (heads.Count == 0) return heads;
        var steps = connection
            .Sql(
                $"""
                SELECT {RunLogSql.StepColumns}, cycle_id FROM step
                WHERE cycle_id BETWEEN $from AND $to AND started_at IS NOT NULL ORDER BY cycle_id, position
                """,
                ("$from", heads[0].Cycle.Id), ("$to", heads[^1].Cycle.Id))
            .Rows(row => (Cycle: row.GetInt64(RunLogSql.StepColumnCount), Step: RunLogSql.ReadStep(row)))
            .ToLookup(each => each.Cycle, each => each.Step);
        return [.. heads.Select(head => head with { Cycle = head.Cycle with { Steps = [.. steps[head.Cycle.Id]] } })];
    }
}
