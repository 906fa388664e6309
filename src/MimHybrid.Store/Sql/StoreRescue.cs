using System.Globalization;
using Microsoft.Data.Sqlite;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>
/// A store that cannot be used any more is put aside under a name with its date, never deleted, and a new one takes its place, with what
/// could be read. A crash on the way leaves the old one, or the new one, but never neither.
/// </summary>
internal static class StoreRescue
{
    /// <summary>What SQLite keeps beside a file. They belong to it and go with it.</summary>
    private static readonly string[] Parts = ["", "-wal", "-shm"];

    /// <summary>Puts the file aside if it must be. Null where the store is well, or is made for the first time.</summary>
    /// <exception cref="SqliteException">It cannot be looked at now; that is not damage.</exception>
    public static StoreLoss? PutAsideIfDamaged(string dataFolder, DateTimeOffset now)
    {
        var path = StoreAccess.PathIn(dataFolder);
        var prepared = path + ".new";
        var hadStore = StoreAccess.IsThere(StoreAccess.MarkerIn(dataFolder));
        var isThere = StoreAccess.IsThere(path);
        if (!isThere && hadStore && StoreAccess.IsThere(prepared))
        {
            File.Move(prepared, path); // a rescue that was cut off between its last two steps
            return null;
        }

        if (!isThere) return hadStore ? new StoreLoss($"The folder {dataFolder} had a store, and it is gone", null, []) : null;
        if (WhatIsWrong(dataFolder, hadStore) is not { } wrong) return null;

        var aside = $"{Path.ChangeExtension(path, null)}-{now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.db";
        var loss = Prepare(path, prepared, saved => new StoreLoss($"The store {path} could not be used: {wrong}", aside, saved), now);
        foreach (var part in Parts.Where(part => StoreAccess.IsThere(path + part))) File.Move(path + part, aside + part);
        File.Move(prepared, path);
        return loss;
    }

    /// <summary>Notes that there is a store here from now on.</summary>
    public static void Mark(string dataFolder)
    {
        var marker = StoreAccess.MarkerIn(dataFolder);
        if (StoreAccess.IsThere(marker)) return;
        File.WriteAllText(
            marker, "MimHybrid keeps its store in agent.db beside this file. If it is gone, this file says that it was there.");
    }

    private static string? WhatIsWrong(string dataFolder, bool hadStore)
    {
        var access = StoreAccess.Reading(dataFolder);
        if (new FileInfo(access.Path).Length == 0) return "it is empty";
        try
        {
            using var connection = access.Connect();
            if (!hadStore && Migrator.VersionOf(connection) == 0 && connection.Number("SELECT count(*) FROM sqlite_master") == 0)
                return null; // an agent ended while it made its first one

            return Migrator.VersionOf(connection) > Migrator.KnownVersion ? null : StoreDamage.Find(connection);
        }
        catch (SqliteException e) when (StoreFaults.IsDamage(e))
        {
            return e.Message;
        }
    }

    /// <summary>The new store, complete under another name, with a note of what it comes from.</summary>
    private static StoreLoss Prepare(string path, string prepared, Func<IReadOnlyList<SavedRows>, StoreLoss> tell, DateTimeOffset now)
    {
        foreach (var part in Parts) File.Delete(prepared + part);
        var target = new SqliteConnectionStringBuilder { DataSource = prepared, ForeignKeys = false, Pooling = false }.ToString();
        using var connection = new SqliteConnection(target);
        connection.Open();
        Migrator.Migrate(connection, prepared);
        var loss = tell(StoreSalvage.Copy(path, connection));
        RescueSql.Note(connection, new Rescue(now, loss.ToString()));
        connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        return loss;
    }
}
