using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace MimHybrid.Store.Sql;

/// <summary>
/// How the tables are described, as a number that the migration leaves in the file's header. SQLite's quick check looks at rows and
/// pages, and takes the descriptions for right: one flipped letter in a CHECK, and a kind of cycle could never begin again.
/// </summary>
internal static class SchemaDigest
{
    /// <summary>Of what the file says now; never 0, which is the header of a file that has none.</summary>
    public static int Of(SqliteConnection connection)
    {
        var texts = connection
            .Sql("SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
            .Rows(row => row.GetString(0));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts)));
        return BinaryPrimitives.ReadInt32LittleEndian(hash) | 1;
    }

    /// <summary>False: somebody or something has changed them since the migration. Files made before there was this number pass.</summary>
    public static bool Holds(SqliteConnection connection) =>
        connection.Number("PRAGMA application_id") is var kept && (kept == 0 || (int)kept == Of(connection));
}
