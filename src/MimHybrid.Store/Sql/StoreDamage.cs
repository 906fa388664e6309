using Microsoft.Data.Sqlite;

namespace MimHybrid.Store.Sql;

/// <summary>Whether a file is a store of ours, whole: SQLite's own quick check, and every table as its version makes it.</summary>
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

        return Migrator.VersionOf(connection) switch
        {
            0 when connection.Number("SELECT count(*) FROM sqlite_master") == 0 => "it is empty",
            0 => "it belongs to another program",
            var version when version > Migrator.KnownVersion => null, // a newer program knows what belongs there
            var version => SchemaDigest.Holds(connection) ? null : FindChanged(connection, version),
        };
    }

    /// <summary>
    /// SQLite takes the definition of a table as it stands in the file, and its check does not read it: with one wrong letter in it, what
    /// was right yesterday is refused for ever. What somebody added for their own use is no damage, and neither is what another version of
    /// SQLite would have written otherwise: that is why the digest is asked before.
    /// </summary>
    private static string? FindChanged(SqliteConnection connection, long version)
    {
        using var fresh = new SqliteConnection("Data Source=:memory:");
        fresh.Open();
        Migrator.Make(fresh, version);
        return Definitions(fresh).Except(Definitions(connection)).FirstOrDefault() is { Name: { } name }
            ? $"the {name} is missing, or is not as MimHybrid made it"
            : null;
    }

    private static List<(string Name, string Definition)> Definitions(SqliteConnection connection) => connection
        .Sql("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")
        .Rows(row => (row.GetString(0), row.GetString(1)));
}
