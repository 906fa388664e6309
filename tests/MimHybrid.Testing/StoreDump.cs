using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace MimHybrid.Testing;

/// <summary>All that a store holds, as text.</summary>
public static class StoreDump
{
    /// <summary>Every value of every table, with its place as <c>table.column</c>.</summary>
    public static IReadOnlyList<(string Column, string Text)> Read(string path)
    {
        var address = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        using var connection = new SqliteConnection(address.ToString());
        connection.Open();
        var tables = Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table'").Select(row => row.Text).ToList();
        return [.. tables.SelectMany(table => Values(connection, table))];
    }

    private static IEnumerable<(string Column, string Text)> Values(SqliteConnection connection, string table) =>
        Rows(connection, $"SELECT * FROM \"{table}\"").Select(value => ($"{table}.{value.Column}", value.Text));

    [SuppressMessage("Security", "CA2100", Justification = "The names of the tables come from the store itself.")]
    private static List<(string Column, string Text)> Rows(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        List<(string, string)> values = [];
        while (reader.Read())
            for (var column = 0; column < reader.FieldCount; column++)
                values.Add((reader.GetName(column), reader.GetValue(column).ToString() ?? ""));
        return values;
    }
}
