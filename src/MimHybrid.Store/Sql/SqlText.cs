using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MimHybrid.Store.Sql;

/// <summary>The few conversions between SQLite's columns and our values, and short forms for statements with named parameters.</summary>
internal static class SqlText
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string ToText(this DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) => ParseTime(row.GetString(column));

    public static DateTimeOffset? OptionalTime(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : ParseTime(row.GetString(column));

    public static string? OptionalText(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static int? OptionalNumber(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static long? OptionalCount(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static T Name<T>(this SqliteDataReader row, int column) where T : struct, Enum => Enum.Parse<T>(row.GetString(column));

    /// <summary>Makes a command with named parameters.</summary>
    public static SqliteCommand Sql(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, ToColumn(value));
        return command;
    }

    public static int Run(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Sql(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a prepared statement with other values: thousands of rows cost one compilation.</summary>
    public static void RunAgain(this SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        command.Bind(parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>Gives a prepared statement other values.</summary>
    public static void Bind(this SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        command.Parameters.Clear();
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, ToColumn(value));
    }

    /// <summary>The only column of the only row; 0 where there is none.</summary>
    public static long Number(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Sql(sql, parameters);
        return command.ExecuteScalar() is long number ? number : 0;
    }

    public static List<T> Rows<T>(this SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using (command)
        {
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        }
    }

    public static T? Row<T>(this SqliteCommand command, Func<SqliteDataReader, T> read) where T : class
    {
        using (command)
        {
            using var reader = command.ExecuteReader();
            return reader.Read() ? read(reader) : null;
        }
    }

    private static object ToColumn(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => time.ToText(),
        Enum name => name.ToString(),
        _ => value,
    };

    private static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.ParseExact(
            text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
