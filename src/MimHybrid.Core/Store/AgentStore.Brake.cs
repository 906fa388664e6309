using Microsoft.Data.Sqlite;

namespace MimHybrid.Core.Store;

/// <content>
/// What keeps one bad reading from becoming mass removals, and dying cursors from becoming one reading after the other. Stored, so that
/// a restart forgets neither (reference/graph-delta.md 2.4).
/// </content>
public sealed partial class AgentStore
{
    /// <summary>The last reading that was not believed; null when there is none, or another one has settled it.</summary>
    public HeldReading? ReadHeldReading() => Read(ReadHeldReading);

    /// <summary>Judges the guests found by a list that was read to compare: null when it can be believed.</summary>
    /// <param name="brake">When not to believe it.</param>
    /// <param name="settledBefore">Guests younger than this may be missing, because lists lag behind; UTC.</param>
    /// <param name="now">UTC.</param>
    public HeldReading? Judge(ReadingBrake brake, DateTimeOffset settledBefore, DateTimeOffset now) =>
        Write(connection => Judge(connection, brake, settledBefore, now));

    /// <summary>Before when the tenant is not read again although the cursor died, and how long the next pause is.</summary>
    public (DateTimeOffset AllowedFrom, TimeSpan Pause)? ReadResync() => Read(connection => connection
        .Sql("SELECT allowed_from, pause_seconds FROM resync")
        .Rows(row => ((DateTimeOffset, TimeSpan)?)(row.Time(0), TimeSpan.FromSeconds(row.GetInt64(1))))
        .SingleOrDefault());

    public void SaveResync(DateTimeOffset allowedFrom, TimeSpan pause) => Write(connection => SaveResync(connection, allowedFrom, pause));

    /// <summary>
    /// The cursor died: it is forgotten, and the next resynchronisation has to wait. One transaction, or an agent that crashed in between
    /// would wait with a dead cursor for a reading that never began.
    /// </summary>
    public void ForgetCursor(DateTimeOffset allowedFrom, TimeSpan pause) => Write(connection =>
    {
        SaveResync(connection, allowedFrom, pause);
        ForgetCursor(connection);
    });

    private static void SaveResync(SqliteConnection connection, DateTimeOffset allowedFrom, TimeSpan pause) => connection.Run(
        "INSERT OR REPLACE INTO resync (id, allowed_from, pause_seconds) VALUES (1, $from, $pause)",
        ("$from", allowedFrom), ("$pause", (long)pause.TotalSeconds));

    private const string Vanished =
        """
        FROM guest AS known
        WHERE known.state = 'Live' AND known.since <= $before
          AND NOT EXISTS (SELECT 1 FROM enumerated_guest AS found WHERE found.id = known.id)
        """;

    /// <summary>
    /// A second reading is believed when all who were missing are missing again and hardly anybody else: whoever is deleted between the
    /// two must not keep them from agreeing for ever.
    /// </summary>
    private static HeldReading? Judge(SqliteConnection connection, ReadingBrake brake, DateTimeOffset settledBefore, DateTimeOffset now)
    {
        var known = CountLiveGuests(connection);
        var vanished = connection.Number("SELECT count(*) " + Vanished, ("$before", settledBefore));
        var isEmpty = vanished > 0 && connection.Number("SELECT count(*) FROM enumerated_guest") == 0;
        var before = ReadHeldReading(connection);
        if (!(isEmpty || brake.Trips(known, vanished)) || (before is not null && Agrees(connection, brake, known, settledBefore)))
        {
            Release(connection);
            return null;
        }

        var pause = before is null ? RepetitionPause.First : RepetitionPause.After(before.Pause);
        var held = new HeldReading(known, vanished, now + pause, pause);
        Hold(connection, held, settledBefore);
        return held;
    }

    private static bool Agrees(SqliteConnection connection, ReadingBrake brake, long known, DateTimeOffset settledBefore)
    {
        var back = connection.Number("SELECT count(*) FROM held_guest WHERE id IN (SELECT id FROM enumerated_guest)");
        var further = connection.Number(
            $"SELECT count(*) {Vanished} AND NOT EXISTS (SELECT 1 FROM held_guest WHERE held_guest.id = known.id)", ("$before", settledBefore));
        return back == 0 && !brake.Trips(known, further);
    }

    private static void Hold(SqliteConnection connection, HeldReading held, DateTimeOffset settledBefore)
    {
        Release(connection);
        connection.Run(
            "INSERT INTO held_reading (id, known, vanished, retry_at, pause_seconds) VALUES (1, $known, $vanished, $at, $pause)",
            ("$known", held.Known), ("$vanished", held.Vanished), ("$at", held.RetryAt), ("$pause", (long)held.Pause.TotalSeconds));
        connection.Run("INSERT INTO held_guest (id) SELECT known.id " + Vanished, ("$before", settledBefore));
    }

    private static void Release(SqliteConnection connection)
    {
        connection.Run("DELETE FROM held_reading");
        connection.Run("DELETE FROM held_guest");
    }

    private static HeldReading? ReadHeldReading(SqliteConnection connection) => connection
        .Sql("SELECT known, vanished, retry_at, pause_seconds FROM held_reading")
        .Row(row => new HeldReading(row.GetInt64(0), row.GetInt64(1), row.Time(2), TimeSpan.FromSeconds(row.GetInt64(3))));
}
