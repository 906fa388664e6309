using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MimHybrid.Store.Sql;

/// <summary>How one kind of user opens the file.</summary>
/// <remarks>WAL with <c>synchronous=FULL</c>: a committed transaction outlives a power cut
/// (https://sqlite.org/pragma.html#pragma_synchronous).</remarks>
internal sealed class StoreAccess
{
    /// <summary>How long a writer waits for another process's write before it fails, in seconds.</summary>
    private const int BusySeconds = 30;

    /// <summary>How long a check waits for it: a person waits for the answer.</summary>
    private const int TryingSeconds = 2;

    private readonly SqliteConnectionStringBuilder connectionString;
    private readonly string pragma;

    private StoreAccess(string dataFolder, SqliteOpenMode mode, bool pooling, string pragma, int patience = BusySeconds)
    {
        Path = PathIn(dataFolder);
        connectionString = new() { DataSource = Path, Mode = mode, ForeignKeys = true, DefaultTimeout = patience, Pooling = pooling };
        // Whoever meets another writer waits in SQLite, which looks again after a millisecond; the client's own look comes after 150.
        this.pragma = string.Create(CultureInfo.InvariantCulture, $"{pragma}; PRAGMA busy_timeout = {patience * 1000}");
    }

    public string Path { get; }

    public static StoreAccess Agent(string dataFolder) =>
        new(dataFolder, SqliteOpenMode.ReadWriteCreate, pooling: true, "PRAGMA synchronous = FULL");

    public static StoreAccess Requests(string dataFolder) =>
        new(dataFolder, SqliteOpenMode.ReadWrite, pooling: true, "PRAGMA synchronous = FULL");

    public static StoreAccess Reading(string dataFolder) =>
        new(dataFolder, SqliteOpenMode.ReadOnly, pooling: false, "PRAGMA query_only = ON");

    /// <summary>For whoever only tries whether it can be written.</summary>
    public static StoreAccess Trying(string dataFolder) =>
        new(dataFolder, SqliteOpenMode.ReadWrite, pooling: false, "PRAGMA synchronous = FULL", TryingSeconds);

    /// <summary>The file beside the store that says that there was one.</summary>
    public static string MarkerIn(string dataFolder) => System.IO.Path.Combine(dataFolder, "agent.db.there");

    /// <summary>
    /// Whether a file is there. Where one may not look, File.Exists says no, and a store would be called gone that is only not to be seen.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">This account may not look.</exception>
    /// <exception cref="IOException">Nobody can tell now.</exception>
    public static bool IsThere(string path)
    {
        try
        {
            _ = File.GetAttributes(path);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    public static string PathIn(string dataFolder) => System.IO.Path.Combine(dataFolder, "agent.db");

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(LeavesNothingBehind() ? Immutable() : connectionString.ToString());
        connection.Open();
        connection.Run(pragma);
        return connection;
    }

    public void ClearPool()
    {
        using var pooled = new SqliteConnection(connectionString.ToString());
        SqliteConnection.ClearPool(pooled);
    }

    /// <summary>
    /// While nobody has the store open for writing, its write-ahead log is gone, and even a reader would make a new one. What is said to be
    /// immutable is read as it is (https://sqlite.org/uri.html#uriimmutable); the next call looks again whether somebody writes by now.
    /// </summary>
    private bool LeavesNothingBehind() =>
        connectionString.Mode == SqliteOpenMode.ReadOnly && File.Exists(Path) && !File.Exists(Path + "-wal") && !new Uri(Path).IsUnc;

    private string Immutable() =>
        new SqliteConnectionStringBuilder(connectionString.ToString())
        {
            DataSource = new Uri(Path).AbsoluteUri
            + "?immutable=1"
        }.ToString();
}
