using Microsoft.Data.Sqlite;
using MimHybrid.Store.Faults;

namespace MimHybrid.Store.Sql;

/// <summary>
/// The file itself: connections, transactions, versions, and SQLite's faults in words. What the rows mean is the business of the types that
/// take it. Safe for many threads and many processes: each call opens a connection of its own, and SQLite decides who writes.
/// </summary>
internal sealed class StoreFile : IDisposable
{
    private readonly StoreAccess access;
    private readonly Lock watching = new();
    private SqliteConnection? watch;

    private StoreFile(StoreAccess access) => this.access = access;

    public string Path => access.Path;

    /// <summary>Called before each commit. Only the crash tests set it: a process may die between any two writes, and they must be able to say where.</summary>
    public Action? Committing { get; set; }

    /// <summary>For the one process that runs the agent: makes the folder and the file where they are missing, and migrates the file.</summary>
    /// <exception cref="StoreException">The folder cannot be written, the file is no store, or a newer version wrote it.</exception>
    public static StoreFile OpenForAgent(string dataFolder) => Open(StoreAccess.Agent(dataFolder), file =>
    {
        Directory.CreateDirectory(dataFolder);
        using var connection = file.access.Connect();
        Migrator.Migrate(connection, file.Path);
    });

    /// <summary>For a command that writes beside an agent: the file has to be there, in this program's version.</summary>
    /// <inheritdoc cref="OpenForReading"/>
    public static StoreFile OpenForRequests(string dataFolder) => Open(StoreAccess.Requests(dataFolder), file => file.Read(_ => true));

    /// <summary>For whoever looks: cannot write, never migrates, and makes no file.</summary>
    /// <exception cref="StoreException">The file cannot be opened, is no store, or is of another version.</exception>
    public static StoreFile OpenForReading(string dataFolder) => Open(StoreAccess.Reading(dataFolder), file => file.Read(_ => true));

    public T Read<T>(Func<SqliteConnection, T> read) => StoreFaults.InWords(Path, () =>
    {
        using var connection = access.Connect();
        using var transaction = connection.BeginTransaction(deferred: true);
        Migrator.RequireKnownVersion(connection, Path);
        return read(connection);
    });

    public T Write<T>(Func<SqliteConnection, T> write) => StoreFaults.InWords(Path, () =>
    {
        using var connection = access.Connect();
        using var transaction = connection.BeginTransaction(deferred: false);
        Migrator.RequireKnownVersion(connection, Path);
        var result = write(connection);
        Committing?.Invoke();
        transaction.Commit();
        return result;
    });

    public void Write(Action<SqliteConnection> write) => Write(connection =>
    {
        write(connection);
        return true;
    });

    /// <summary>
    /// A number that differs from the one before as soon as another connection, of this process or another one, has committed.
    /// Reading it costs a shared-memory look, so it may be asked every second for years.
    /// </summary>
    public long Version()
    {
        lock (watching)
        {
            watch ??= access.Connect();
            return watch.Number("PRAGMA data_version");
        }
    }

    public void Dispose()
    {
        watch?.Dispose();
        access.ClearPool();
    }

    private static StoreFile Open(StoreAccess access, Action<StoreFile> prepare)
    {
        var file = new StoreFile(access);
        try
        {
            prepare(file);
            return file;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.CannotOpen(access.Path, e);
        }
    }
}
