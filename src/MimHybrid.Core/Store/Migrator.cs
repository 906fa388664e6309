using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace MimHybrid.Core.Store;

/// <summary>Brings a store to this program's version: numbered scripts, each in a transaction of its own, never edited after a release.</summary>
internal static class Migrator
{
    private static readonly (int Version, string Resource)[] Scripts = [.. Assembly.GetExecutingAssembly()
        .GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        .Select(name => (VersionOf(name), name))
        .Order()];

    /// <summary>The version that this program brings a store to.</summary>
    public static long KnownVersion => Scripts[^1].Version;

    public static void Migrate(SqliteConnection connection, string path)
    {
        var known = KnownVersion;
        Execute(connection, "PRAGMA journal_mode = WAL"); // kept in the file; outside a transaction by SQLite's rule
        while (true)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var version = UserVersion(connection);
            if (version > known)
                throw new StoreException($"The store {path} was written by a newer MimHybrid (version {version} of the store, this program knows {known}). Update MimHybrid.");
            if (version == known) return;

            var (next, resource) = Scripts.First(script => script.Version > version);
            Execute(connection, Text(resource));
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {next}"));
            transaction.Commit();
        }
    }

    private static long UserVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Text(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private static int VersionOf(string resource)
    {
        var file = resource[(resource.IndexOf(".Migrations.", StringComparison.Ordinal) + ".Migrations.".Length)..];
        return int.Parse(file.AsSpan(0, file.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
    }
}
