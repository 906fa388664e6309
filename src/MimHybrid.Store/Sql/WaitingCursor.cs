using System.Globalization;
using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>
/// The file, and a cursor that a round without any news left: it is written with whatever is written next, so that an idle poll costs one
/// commit and not two. Where it is lost, by a crash or a write that fails, the next round begins where that one did, which is no harm.
/// </summary>
internal sealed class WaitingCursor(StoreFile file)
{
    private Advance? waiting;

    public DeltaCursor? Read() => waiting?.Cursor ?? file.Read(CursorSql.Read);

    /// <summary>With the last cycle of now: one that ends before the cursor is written may have seen what comes after it.</summary>
    public void Keep(DeltaCursor cursor) =>
        waiting = new(cursor, file.Read(connection => connection.Number($"SELECT {CursorSql.LastEndedCycle}")));

    public T Write<T>(Func<SqliteConnection, T> write) => file.Write(connection =>
    {
        // taken within the transaction: a sign of life, from another thread, must not set the cursor back behind a later round
        if (Interlocked.Exchange(ref waiting, null) is { } due)
            CursorSql.Set(connection, due.Cursor, string.Create(CultureInfo.InvariantCulture, $"{due.AfterCycle}"));
        return write(connection);
    });

    public void Write(Action<SqliteConnection> write) => Write(connection =>
    {
        write(connection);
        return true;
    });

    private sealed record Advance(DeltaCursor Cursor, long AfterCycle);
}
