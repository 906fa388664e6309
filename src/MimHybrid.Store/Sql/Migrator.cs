using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>
/// Brings a store to this program's version: numbered scripts, never edited after a release, all that are missing in one
/// transaction: no store is ever between two versions.
/// </summary>
internal static class Migrator
{
    private static readonly Script[] Scripts = [.. Assembly.GetExecutingAssembly()
        .GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        .Select(name => new Script(VersionOf(name), name))
        .OrderBy(script => script.Version)];

    // A class and not a tuple: what sorts a tuple is compiled anew at each start of a command.
    private sealed record Script(int Version, string Resource);

    /// <summary>The version that this program brings a store to.</summary>
    public static long KnownVersion => Scripts[^1].Version;

    /// <param name="connection">To the store.</param>
    /// <param name="path">Its file, for what is said.</param>
    /// <param name="progress">A store of years takes seconds, and whoever waits is told.</param>
    public static void Migrate(SqliteConnection connection, string path, IProgress<StoreMigration>? progress = null)
    {
        if (VersionOf(connection) == KnownVersion) return; // the ordinary case, and without waiting for whoever writes

        connection.Run("PRAGMA journal_mode = WAL"); // kept in the file; outside a transaction by SQLite's rule
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = VersionOf(connection); // another process may have been first
        if (version > KnownVersion) throw new StoreException(OtherVersion(path, version));
        if (version == KnownVersion) return;

        var missing = Scripts.SkipWhile(script => script.Version <= version).ToList();
        var (step, steps) = (0, missing.Count + 2);
        void Tell() => progress?.Report(new StoreMigration(version, KnownVersion, ++step, steps));
        foreach (var script in missing)
        {
            Tell();
            connection.Run(Text(script.Resource));
        }

        Tell();
        if (version < ChangeTextSql.Since) ChangeTextSql.WriteAll(connection);
        if (version < GuestTextSql.Since) GuestTextSql.WriteAll(connection);
        Tell();
        connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {KnownVersion}"));
        connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {SchemaDigest.Of(connection)}"));
        transaction.Commit();
    }

    /// <summary>Makes the tables of a version where nothing is yet.</summary>
    public static void Make(SqliteConnection empty, long version)
    {
        foreach (var script in Scripts.TakeWhile(script => script.Version <= version)) empty.Run(Text(script.Resource));
    }

    /// <summary>
    /// Only the agent brings a store to another version: whoever looks at it, or asks something of the agent, leaves it as it is.
    /// </summary>
    /// <exception cref="StoreException">The store is of another version.</exception>
    public static void RequireKnownVersion(SqliteConnection connection, string path)
    {
        if (VersionOf(connection) is var version && version != KnownVersion) throw new StoreException(OtherVersion(path, version));
    }

    public static long VersionOf(SqliteConnection connection) => connection.Number("PRAGMA user_version");

    private static string OtherVersion(string path, long version)
    {
        if (version == 0)
            return $"The store {path} is empty, or belongs to another program. "
                + "The agent puts it aside and makes a new one when it starts: mimhybrid run.";

        var versions = string.Create(CultureInfo.InvariantCulture, $"version {version} of the store, this program knows {KnownVersion}");
        return version > KnownVersion
            ? $"The store {path} was written by a newer MimHybrid ({versions}). Update MimHybrid."
            : $"The store {path} was written by an older MimHybrid ({versions}). "
                + "The agent brings it up to date when it starts: mimhybrid run.";
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
