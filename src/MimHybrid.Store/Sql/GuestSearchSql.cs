using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Guests as people look for them.</summary>
internal static class GuestSearchSql
{
    private const string Columns = "id, state, digest, name, mail, since";

    public static List<Guest> Named(SqliteConnection connection, string name) => connection
        .Sql($"SELECT {Columns} FROM guest WHERE name = $name ORDER BY id LIMIT 2", ("$name", name))
        .Rows(Read);

    private static Guest Read(SqliteDataReader row) => new(
        row.GetString(0), row.Name<GuestState>(1), row.GetString(2), row.OptionalText(3), row.OptionalText(4), row.Time(5));
}
