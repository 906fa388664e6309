using Microsoft.Data.Sqlite;

namespace MimHybrid.Testing;

/// <summary>
/// Another program that keeps a transaction open in a store, as a backup or a viewer does: nobody else can write meanwhile.
/// </summary>
public sealed class HeldStore : IDisposable
{
    private readonly SqliteConnection connection;

    public HeldStore(string dataFolder)
    {
        connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, "agent.db"), Pooling = false }.ToString());
        connection.Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
    }

    public void Dispose() => connection.Dispose();
}
