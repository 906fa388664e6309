using Microsoft.Data.Sqlite;

namespace MimHybrid.Store.Sql;

/// <summary>Whether a file is a store of ours, whole: SQLite's own quick check, and the tables as they were made.</summary>
internal static class StoreDamage
{
    /// <summary>What is wrong with the file, for people; null when nothing is.</summary>
    /// <exception cref="SqliteException">It is so damaged that SQLite does not even look, or it cannot be opened now.</exception>
    public static string? Find(SqliteConnection connection)
    {
        using (var check = connection.Sql("PRAGMA quick_check(1)"))
        {
            if (check.ExecuteScalar() is not "ok" and var objection) return $"SQLite's quick check says: {objection}";
        }

        var tables = connection.Number("SELECT count(*) FROM sqlite_master");
        if (Migrator.VersionOf(connection) == 0) return tables == 0 ? "it is empty" : "it belongs to another program";
        const string Expected = "type = 'table' AND name IN ('cursor', 'guest', 'change', 'cycle', 'step')";
        if (connection.Number($"SELECT count(*) FROM sqlite_master WHERE {Expected}") != 5) return "tables of the store are missing";
        return SchemaDigest.Holds(connection) ? null : "its tables are not described as MimHybrid made them";
    }
}
