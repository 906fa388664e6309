using Microsoft.Data.Sqlite;

namespace MimHybrid.Core.Store;

/// <content>A look at a store that leaves it as it is: opening one would migrate it, under an agent of an older version that may run on it.</content>
public sealed partial class AgentStore
{
    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public static StoreState Inspect(string dataFolder)
    {
        var path = PathIn(dataFolder);
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            connection.Open();
            var version = connection.Number("PRAGMA user_version");
            using var check = connection.Sql("PRAGMA quick_check(1)");
            return new StoreState(version, Migrator.KnownVersion, check.ExecuteScalar() is "ok" ? null : "the file is damaged");
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            return new StoreState(0, Migrator.KnownVersion, e.Message);
        }
        catch (SqliteException e)
        {
            throw new StoreException($"The store {path} cannot be opened: {e.Message}", e);
        }
    }
}
