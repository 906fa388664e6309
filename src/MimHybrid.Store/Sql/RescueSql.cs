using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>What became of a store before this one.</summary>
internal static class RescueSql
{
    /// <summary>The last cycle that a rescue took over; what ended well before proves nothing of what was lost.</summary>
    public const string LastCycle = "(SELECT coalesce(max(after_cycle), 0) FROM rescue)";

    public static void Note(SqliteConnection connection, Rescue rescue) => connection.Run(
        "INSERT INTO rescue (at, told, after_cycle) VALUES ($at, $told, (SELECT coalesce(max(id), 0) FROM cycle))",
        ("$at", rescue.At), ("$told", rescue.Told));

    public static Rescue? ReadLast(SqliteConnection connection) => connection
        .Sql("SELECT at, told FROM rescue ORDER BY id DESC LIMIT 1")
        .Row(row => new Rescue(row.Time(0), row.GetString(1)));
}
