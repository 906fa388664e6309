using Microsoft.Data.Sqlite;

namespace MimHybrid.Core.Store;

/// <summary>
/// Everything the agent must not forget, in one SQLite file: cursor, guests, changes, forced requests, cycles and steps.
/// Safe for many threads and many processes: each call opens a pooled connection of its own, and SQLite decides who writes.
/// </summary>
/// <remarks>
/// WAL with <c>synchronous=FULL</c>: a committed transaction outlives a power cut. There is no interface, because there is
/// no second implementation: production and tests both run on SQLite.
/// </remarks>
public sealed partial class AgentStore : IDisposable
{
    /// <summary>How long a writer waits for another process's write before it fails, in seconds.</summary>
    private const int BusySeconds = 30;

    // SQLite's result codes, https://sqlite.org/rescode.html
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;

    private readonly string connectionString;
    private readonly SqliteConnection watch;
    private readonly Lock watching = new();

    private AgentStore(string path)
    {
        Path = path;
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = BusySeconds }.ToString();
        watch = Connect();
    }

    public string Path { get; }

    /// <summary>Called before each commit. Only the crash tests set it: a process may die between any two writes, and they must be able to say where.</summary>
    internal Action? Committing { get; set; }

    /// <summary>Whether a data folder has a store, i.e. whether an agent ever ran on it.</summary>
    public static bool Exists(string dataFolder) => File.Exists(PathIn(dataFolder));

    /// <summary>Opens the store in a data folder, making the folder and the file where they are missing, and migrates it.</summary>
    /// <exception cref="StoreException">The folder cannot be written, the file is no store, or a newer version wrote it.</exception>
    public static AgentStore Open(string dataFolder)
    {
        var path = PathIn(dataFolder);
        try
        {
            Directory.CreateDirectory(dataFolder);
            var store = new AgentStore(path);
            Migrator.Migrate(store.watch, path);
            return store;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The store {path} cannot be opened: {e.Message} Give this account the right to modify the data folder; "
                + "if the file is damaged, move it away: the agent then enumerates the tenant again.", e);
        }
    }

    /// <summary>
    /// A number that differs from the one before as soon as another connection, of this process or another one, has committed.
    /// Reading it costs a shared-memory look, so it may be asked every second for years.
    /// </summary>
    public long Version()
    {
        lock (watching)
        {
            using var command = watch.CreateCommand();
            command.CommandText = "PRAGMA data_version";
            return (long)command.ExecuteScalar()!;
        }
    }

    public void Dispose()
    {
        watch.Dispose();
        using var pooled = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(pooled);
    }

    private static string PathIn(string dataFolder) => System.IO.Path.Combine(dataFolder, "agent.db");

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL";
        command.ExecuteNonQuery();
        return connection;
    }

    private T Read<T>(Func<SqliteConnection, T> read) => InWords(() =>
    {
        using var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: true);
        return read(connection);
    });

    private T Write<T>(Func<SqliteConnection, T> write) => InWords(() =>
    {
        using var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: false);
        var result = write(connection);
        Committing?.Invoke();
        transaction.Commit();
        return result;
    });

    /// <summary>A damaged file or a full disk is nobody's mistake in this program: it is told in a sentence, with the next step.</summary>
    private T InWords<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Full or InputOutput)
        {
            throw new StoreException($"The store {Path} cannot be read or written: {e.Message} See to the disk and its free space; the agent goes on by itself.", e);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            throw new StoreException($"The store {Path} is damaged: {e.Message} Stop the agent and move the file away: the agent then reads the tenant again.", e);
        }
    }

    private void Write(Action<SqliteConnection> write) => Write(connection =>
    {
        write(connection);
        return true;
    });
}
