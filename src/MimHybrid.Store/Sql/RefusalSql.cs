using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>What connected directories refused, until an export there says otherwise.</summary>
internal static class RefusalSql
{
    public static void Record(
        SqliteConnection connection, long cycle, string managementAgent, ExportRefusals refused, DateTimeOffset now)
    {
        // By the time that MIM gives an error, or the time since which it is known here.
        var known = Read(connection, managementAgent).Accounts.ToDictionary(account => account.ObjectName, StringComparer.Ordinal);
        if (refused.IsWhole)
            connection.Run("DELETE FROM refused_object WHERE management_agent = $agent", ("$agent", managementAgent));
        connection.Run(
            """
            INSERT INTO refused_export (management_agent, count, cycle_id) VALUES ($agent, $count, $cycle)
            ON CONFLICT (management_agent) DO UPDATE SET cycle_id = excluded.cycle_id,
                                                         count = iif($whole, excluded.count, max(count, excluded.count))
            """,
            ("$agent", managementAgent), ("$count", refused.Count), ("$cycle", cycle), ("$whole", refused.IsWhole));
        foreach (var error in refused.Objects)
            connection.Run(
                """
                INSERT OR REPLACE INTO refused_object (management_agent, object, type, detail, since)
                VALUES ($agent, $object, $type, $detail, $since)
                """,
                ("$agent", managementAgent), ("$object", error.ObjectName), ("$type", error.Type), ("$detail", error.Detail),
                ("$since", error.FirstOccurred ?? known.GetValueOrDefault(error.ObjectName)?.Since ?? now));
    }

    /// <summary>Nothing waits for export there: what was refused is done otherwise, or not wanted any more.</summary>
    public static void End(SqliteConnection connection, string managementAgent)
    {
        connection.Run("DELETE FROM refused_object WHERE management_agent = $agent", ("$agent", managementAgent));
        connection.Run("UPDATE refused_export SET count = 0 WHERE management_agent = $agent", ("$agent", managementAgent));
    }

    public static RefusedExports Read(SqliteConnection connection, string managementAgent) =>
        ReadAll(connection).Find(refused => refused.ManagementAgent == managementAgent) ?? new(managementAgent, 0, []);

    /// <summary>Those that are over, too: a series of numbers that ends is not one that fell to zero.</summary>
    public static List<RefusedExports> ReadAll(SqliteConnection connection)
    {
        var accounts = connection
            .Sql("SELECT management_agent, object, type, detail, since FROM refused_object ORDER BY since, object")
            .Rows(row => new RefusedThere(
                row.GetString(0), new RefusedAccount(row.GetString(1), row.GetString(2), row.GetString(3), row.Time(4))))
            .ToLookup(row => row.ManagementAgent, row => row.Account, StringComparer.Ordinal);
        return connection
            .Sql("SELECT management_agent, count FROM refused_export ORDER BY management_agent")
            .Rows(row => new RefusedExports(row.GetString(0), row.GetInt64(1), [.. accounts[row.GetString(0)]]));
    }

    // A class and not a tuple: a list of each tuple is compiled anew at each start of a command.
    private sealed record RefusedThere(string ManagementAgent, RefusedAccount Account);
}
