using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Takes over what can still be read of a store: the run log, approvals, what is pending, and who was known.</summary>
/// <remarks>
/// The cursor stays behind, so that the tenant is read anew and compared with the guests known; so do requests, whose senders have gone.
/// </remarks>
internal static class StoreSalvage
{
    private static readonly (string Table, string What)[] Tables =
    [
        ("cycle", "cycles of the run log"),
        ("step", "steps"),
        ("cycle_decision", "decisions"),
        ("arrival", "comparisons with MIM"),
        ("refused_export", "directories that refused accounts"),
        ("refused_object", "accounts refused"),
        ("removal_approval", "approvals"),
        ("approval_spent", "approvals used"),
        ("unconfirmed_export", "exports to confirm"),
        ("change", "guest changes"),
        ("guest", "guests"),
        ("ignored_change", "counts of ignored changes"),
        ("run_history_cleanup", "clean-ups"),
        ("folder", "notes of whose guests they are"),
    ];

    /// <summary>
    /// What refers to rows that are gone. An approval is kept for the run log alone: whether it has had its cycle can have been lost, and
    /// nothing may pass the removal guard twice.
    /// </summary>
    private const string Mend =
        """
        DELETE FROM step WHERE cycle_id NOT IN (SELECT id FROM cycle);
        DELETE FROM cycle_decision WHERE cycle_id NOT IN (SELECT id FROM cycle);
        DELETE FROM arrival WHERE cycle_id NOT IN (SELECT id FROM cycle);
        DELETE FROM refused_export WHERE cycle_id NOT IN (SELECT id FROM cycle);
        DELETE FROM refused_object WHERE management_agent NOT IN (SELECT management_agent FROM refused_export);
        DELETE FROM approval_spent;
        UPDATE removal_approval SET through_change = 0, after_cycle = -1;
        UPDATE cycle SET approval_id = NULL WHERE approval_id NOT IN (SELECT id FROM removal_approval);
        DELETE FROM change WHERE carried_by IS NOT NULL AND carried_by NOT IN (SELECT id FROM cycle);
        """;

    public static IReadOnlyList<SavedRows> Copy(string from, SqliteConnection target)
    {
        try
        {
            using var source = Open(from);
            using var transaction = target.BeginTransaction();
            IReadOnlyList<SavedRows> saved = [.. Tables.Select(table => CopyTable(source, target, table.Table, table.What))];
            target.Run(Mend);
            ChangeTextSql.WriteAll(target);
            GuestTextSql.WriteAll(target);
            transaction.Commit();
            return [.. saved.Where(rows => rows is { Count: > 0 } or { IsComplete: false })];
        }
        catch (SqliteException)
        {
            return [new SavedRows("rows", 0, IsComplete: false)]; // no page of it is SQLite's
        }
    }

    /// <summary>
    /// A definition that is no SQL any more, or an end that is gone, keeps SQLite from reading anything at all. It bears both where the
    /// tables may be mended (https://sqlite.org/pragma.html#pragma_writable_schema): the first question still fails, the next is answered.
    /// </summary>
    private static SqliteConnection Open(string from)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = from, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        try
        {
            connection.Run("PRAGMA writable_schema = ON");
            connection.Number("SELECT count(*) FROM sqlite_master");
        }
        catch (SqliteException)
        {
            // what can be read all the same, the tables show
        }

        return connection;
    }

    /// <summary>
    /// From the first row until one cannot be read, then from the last: a torn page in between costs no more than what lies on it.
    /// </summary>
    private static SavedRows CopyTable(SqliteConnection source, SqliteConnection target, string table, string what)
    {
        try
        {
            string[] columns = [.. ColumnsOf(source, table).Intersect(ColumnsOf(target, table))];
            if (columns.Length == 0) return new SavedRows(what, 0, IsComplete: false);
            var complete = CopyRows(source, target, table, columns, backwards: false);
            if (!complete) CopyRows(source, target, table, columns, backwards: true);
            return new SavedRows(what, target.Number($"SELECT count(*) FROM {table}"), complete);
        }
        catch (SqliteException)
        {
            return new SavedRows(what, target.Number($"SELECT count(*) FROM {table}"), IsComplete: false);
        }
    }

    private static bool CopyRows(SqliteConnection source, SqliteConnection target, string table, string[] columns, bool backwards)
    {
        var key = string.Join(", ", KeyOf(target, table).Select(column => backwards ? $"{column} DESC" : column));
        var names = string.Join(", ", columns);
        using var select = source.Sql($"SELECT {names} FROM {table} ORDER BY {key}");
        var values = string.Join(", ", columns.Select((_, index) => $"$p{index}"));
        using var insert = target.Sql($"INSERT OR IGNORE INTO {table} ({names}) VALUES ({values})");
        try
        {
            using var rows = select.ExecuteReader();
            while (rows.Read())
            {
                insert.Parameters.Clear();
                for (var index = 0; index < columns.Length; index++) insert.Parameters.AddWithValue($"$p{index}", rows.GetValue(index));
                insert.ExecuteNonQuery();
            }

            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static List<string> ColumnsOf(SqliteConnection connection, string table) =>
        connection.Sql($"SELECT name FROM pragma_table_info('{table}')").Rows(row => row.GetString(0));

    private static List<string> KeyOf(SqliteConnection connection, string table) =>
        connection.Sql($"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk").Rows(row => row.GetString(0));
}
