using Microsoft.Data.Sqlite;

namespace MimHybrid.Store.Faults;

/// <summary>A damaged file or a full disk is nobody's mistake in this program: it is told in a sentence, with the next step.</summary>
internal static class StoreFaults
{
    // SQLite's result codes, https://sqlite.org/rescode.html
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;

    public static T InWords<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Full or InputOutput)
        {
            throw new StoreException(
                $"The store {path} cannot be read or written: {e.Message} "
                + "See to the disk and its free space; the agent goes on by itself.", e);
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            throw new StoreException(
                $"The store {path} is damaged: {e.Message} "
                + "Stop the agent and move the file away: the agent then reads the tenant again.", e);
        }
    }

    public static StoreException CannotOpen(string path, Exception fault) => new(
        $"The store {path} cannot be opened: {fault.Message} Give this account the right to modify the data folder; "
        + "if the file is damaged, move it away: the agent then enumerates the tenant again.", fault);

    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is Corrupt or NotADatabase;
}
