using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MimHybrid.Store.Faults;

/// <summary>
/// What SQLite objects to is nobody's stack trace: each of its result codes (https://sqlite.org/rescode.html) has a sentence, with the next
/// step.
/// </summary>
internal static class StoreFaults
{
    public static T InWords<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw Explain(path, e);
        }
    }

    /// <summary>As <see cref="InWords"/>; a value that is not as this program writes it is told, too.</summary>
    public static T InWordsWithRows<T>(string path, Func<T> read)
    {
        try
        {
            return InWords(path, read);
        }
        catch (Exception e)
            when (e is FormatException or ArgumentException or InvalidCastException or InvalidOperationException or OverflowException)
        {
            throw new StoreException(
                $"A row in the store {path} cannot be read ({e.Message.TrimEnd('.')}): something other than MimHybrid has written there. "
                + "Restore the file from a backup, or move it away: the agent then reads the tenant again.", e);
        }
    }

    /// <summary>Whether it is one row that cannot be read, and others can.</summary>
    public static bool IsOfARow(StoreException fault) => fault.InnerException is not (null or SqliteException);

    /// <summary>As <see cref="InWords"/>, for what a file system says.</summary>
    public static StoreException CannotOpen(string path, Exception fault) => fault switch
    {
        SqliteException sqlite => Explain(path, sqlite),
        _ when Directory.Exists(path) => IsAFolder(path, fault),
        UnauthorizedAccessException => StoreException.MayNotRead(path, fault),
        _ => new($"The store {path} cannot be opened: {fault.Message} Give this account the right to modify the data folder.", fault),
    };

    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is Code.Corrupt or Code.NotADatabase;

    public static StoreException Explain(string path, SqliteException fault)
    {
        if (Directory.Exists(path)) return IsAFolder(path, fault); // SQLite's code for it depends on who opens it, and on the system
        var said = $"({fault.Message.TrimEnd('.')})";
        return fault.SqliteErrorCode switch
        {
            Code.Busy or Code.Locked or Code.Protocol => new(
                $"Another program holds the store {path} (a backup, a viewer, a virus scanner?). "
                + "Close it, or wait until it is through.", fault)
            {
                IsPassing = true,
            },
            Code.NoMemory => new(
                $"The store {path} could not be read or written, because memory ran out.", fault)
            {
                IsPassing = true,
            },
            Code.ReadOnly => new(
                $"The store {path} cannot be written: the file, or its folder, is read-only. Remove the read-only attribute, "
                + "and let the agent's account modify the folder and the files in it.", fault),
            Code.CannotOpen or Code.Permission or Code.Authorization => new(
                $"The store {path} cannot be opened {said}. You may not read it, or what lies beside it: "
                + "open PowerShell as administrator, or join the operators group; "
                + "the agent's own account needs the right to modify the folder.", fault),
            Code.InputOutput or Code.Full => new(
                $"The store {path} cannot be read or written {said}. "
                + "Check the disk and its free space; the agent goes on by itself.", fault),
            Code.Corrupt or Code.NotADatabase => new(
                $"The store {path} is damaged {said}. "
                + "Start the agent again: it puts the file aside, saves from it what can be read, and reads the tenant again.", fault)
            {
                IsDamage = true,
            },
            Code.Error or Code.Schema or Code.Mismatch => new(
                $"The store {path} is not as this program left it {said}: another program, or another version, has changed its tables. "
                + "Restore the file from a backup, or move it away: the agent then reads the tenant again.", fault),
            Code.Constraint => new(
                $"The store {path} refused a row that does not fit the others {said}; nothing of it was kept. {TellTheMakers}", fault),
            var code => new(
                string.Create(CultureInfo.InvariantCulture, $"The store {path} could not be used {said}, code {code}. {TellTheMakers}"),
                fault),
        };
    }

    private static StoreException IsAFolder(string path, Exception fault) => new(
        $"The store {path} is a folder; move it away, or restore the file from a backup.", fault);

    private const string TellTheMakers = "This should not happen: report it, with this line.";

    private static class Code
    {
        public const int Error = 1;
        public const int Permission = 3;
        public const int Busy = 5;
        public const int Locked = 6;
        public const int NoMemory = 7;
        public const int ReadOnly = 8;
        public const int InputOutput = 10;
        public const int Corrupt = 11;
        public const int Full = 13;
        public const int CannotOpen = 14;
        public const int Protocol = 15;
        public const int Schema = 17;
        public const int Constraint = 19;
        public const int Mismatch = 20;
        public const int Authorization = 23;
        public const int NotADatabase = 26;
    }
}
