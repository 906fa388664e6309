using Microsoft.Data.Sqlite;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>
/// The file itself: connections, transactions, versions, and SQLite's faults in words. What the rows mean is the business of the types that
/// take it. Safe for many threads and many processes: each call opens a connection of its own, and SQLite decides who writes.
/// </summary>
internal sealed class StoreFile : IDisposable
{
    private readonly StoreAccess access;
    private readonly CommitBell bell;
    private readonly bool ringsElsewhere;
    private readonly Lock watching = new();
    private readonly Lock writing = new();
    private SqliteConnection? watch;

    private StoreFile(StoreAccess access, string dataFolder, bool ringsElsewhere) =>
        (this.access, bell, this.ringsElsewhere) = (access, new CommitBell(dataFolder), ringsElsewhere);

    public string Path => access.Path;

    /// <summary>
    /// Called before each commit. Only the crash tests set it: a process may die between any two writes, and they must be able to say
    /// where.
    /// </summary>
    public Action? Committing { get; set; }

    /// <summary>What was wrong with the file that was there, and what was saved; null where all was well.</summary>
    public StoreLoss? Loss { get; private set; }

    /// <summary>
    /// For the one process that runs the agent: makes the folder and the file where they are missing, puts a damaged file aside, and
    /// migrates.
    /// </summary>
    /// <exception cref="StoreException">The folder cannot be written, or a newer version wrote the file.</exception>
    public static StoreFile OpenForAgent(string dataFolder, TimeProvider time, IProgress<StoreMigration>? migrating) =>
        Open(new(StoreAccess.Agent(dataFolder), dataFolder, ringsElsewhere: false), file =>
        {
            Directory.CreateDirectory(dataFolder);
            file.Loss = StoreRescue.PutAsideIfDamaged(dataFolder, time.GetUtcNow());
            using var connection = file.access.Connect();
            Migrator.Migrate(connection, file.Path, migrating);
            if (file.Loss is { Aside: null } lost) RescueSql.Note(connection, new Rescue(time.GetUtcNow(), lost.ToString()));
            StoreRescue.Mark(dataFolder);
        });

    /// <summary>For a command that writes beside an agent: the file has to be there, in this program's version.</summary>
    /// <inheritdoc cref="OpenForReading"/>
    public static StoreFile OpenForRequests(string dataFolder) =>
        Open(new(StoreAccess.Requests(dataFolder), dataFolder, ringsElsewhere: true), file => file.Read(_ => true));

    /// <summary>For whoever looks: cannot write, never migrates, and makes no file.</summary>
    /// <exception cref="StoreException">The file cannot be opened, is no store, or is of another version.</exception>
    public static StoreFile OpenForReading(string dataFolder) =>
        Open(new(StoreAccess.Reading(dataFolder), dataFolder, ringsElsewhere: false), file => file.Read(_ => true));

    /// <summary>
    /// Begins to write, and takes it back: a file that only opens for reading, or that another program holds, is noticed by nothing less.
    /// Null where all is well.
    /// </summary>
    public static string? WhyNotWritable(string dataFolder)
    {
        var access = StoreAccess.Trying(dataFolder);
        try
        {
            using var connection = access.Connect();
            using var transaction = connection.BeginTransaction(deferred: false);
            connection.Run("UPDATE holder SET id = id"); // an empty transaction does not touch the file
            transaction.Rollback();
            return null;
        }
        catch (SqliteException e)
        {
            return StoreFaults.Explain(access.Path, e).Message;
        }
    }

    public T Read<T>(Func<SqliteConnection, T> read) => StoreFaults.InWordsWithRows(Path, () =>
    {
        using var connection = access.Connect();
        using var transaction = connection.BeginTransaction(deferred: true);
        Migrator.RequireKnownVersion(connection, Path);
        return read(connection);
    });

    public T Write<T>(Func<SqliteConnection, T> write)
    {
        var result = StoreFaults.InWords(Path, () =>
        {
            // SQLite has one writer at a time. Two of one process take turns here, where the next goes on in microseconds.
            lock (writing) return Commit(write);
        });
        if (ringsElsewhere) bell.RingElsewhere();
        bell.Ring();
        return result;
    }

    public void Write(Action<SqliteConnection> write) => Write(connection =>
    {
        write(connection);
        return true;
    });

    /// <summary>
    /// A number that differs from the one before as soon as another connection, of this process or another one, has committed.
    /// </summary>
    public long Version()
    {
        lock (watching)
        {
            return StoreFaults.InWords(Path, () => (watch ??= access.Connect()).Number("PRAGMA data_version"));
        }
    }

    /// <summary>
    /// Ends when somebody commits after this was asked: in this process always, in another one if its bell is heard. Whoever waits asks for
    /// this first and then for the version, so that no commit falls in between.
    /// </summary>
    public Task NextCommit => bell.Next;

    public void Dispose()
    {
        bell.Dispose();
        watch?.Dispose();
        access.ClearPool();
    }

    private T Commit<T>(Func<SqliteConnection, T> write)
    {
        using var connection = access.Connect();
        using var transaction = connection.BeginTransaction(deferred: false);
        Migrator.RequireKnownVersion(connection, Path);
        var result = write(connection);
        Committing?.Invoke();
        transaction.Commit();
        return result;
    }

    private static StoreFile Open(StoreFile file, Action<StoreFile> prepare)
    {
        try
        {
            prepare(file);
            return file;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.CannotOpen(file.Path, e);
        }
    }
}
