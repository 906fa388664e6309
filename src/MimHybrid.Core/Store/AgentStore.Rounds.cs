using Microsoft.Data.Sqlite;
using MimHybrid.Core.Changes;

namespace MimHybrid.Core.Store;

/// <content>The cursor, the guests, and what a delta round did to them (reference/graph-delta.md 2.1, 2.3).</content>
public sealed partial class AgentStore
{
    /// <summary>How many ids go into one statement: well under SQLite's limit of parameters.</summary>
    private const int IdsPerStatement = 500;

    private const string LastEndedCycle = "(SELECT coalesce(max(id), 0) FROM cycle WHERE outcome <> 'Running')";

    public DeltaCursor? ReadCursor() => Read(connection => connection
        .Sql("SELECT link, fingerprint, obtained_at FROM cursor")
        .Row(row => new DeltaCursor(row.GetString(0), row.GetString(1), row.Time(2))));

    /// <summary>The cursor is dead or was made under other settings. The guests stay: the next enumeration is compared with them.</summary>
    public void ForgetCursor() => Write(ForgetCursor);

    /// <summary>Those of the given ids that are known guests, live or soft-deleted.</summary>
    public IReadOnlyDictionary<string, Guest> FindGuests(IReadOnlyCollection<string> ids) => Read(connection =>
    {
        var found = new Dictionary<string, Guest>(StringComparer.Ordinal);
        foreach (var chunk in ids.Chunk(IdsPerStatement))
            foreach (var guest in FindChunk(connection, chunk))
                found[guest.Id] = guest;
        return found;
    });

    /// <summary>Commits a whole round, guests, changes and the new cursor, in one transaction: after a crash either all of it happened or nothing.</summary>
    public void CommitRound(DeltaRound round) => Write(connection =>
    {
        ApplyToGuests(connection, round);

        // What a round shows happened after the cursor it began with was obtained, and MIM may have seen it in the meantime.
        CommitChanges(connection, round, "(SELECT after_cycle FROM cursor)");
        SetCursor(connection, round.Cursor, LastEndedCycle);
    });

    private static void ForgetCursor(SqliteConnection connection) => connection.Run("DELETE FROM cursor");

    private static void ApplyToGuests(SqliteConnection connection, DeltaRound round)
    {
        using (var remember = connection.Sql(
            """
            INSERT INTO guest (id, state, digest, name, mail, since) VALUES ($id, $state, $digest, $name, $mail, $since)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, digest = excluded.digest, name = excluded.name, mail = excluded.mail, since = excluded.since
            """))
        {
            foreach (var guest in round.Remembered)
                RunAgain(remember, ("$id", guest.Id), ("$state", guest.State.ToString()), ("$digest", guest.Digest),
                    ("$name", guest.Name), ("$mail", guest.Mail), ("$since", guest.Since.ToText()));
        }

        foreach (var id in round.Forgotten) connection.Run("DELETE FROM guest WHERE id = $id", ("$id", id));
        if (round.Changes.Count > 0) ForgetLongDeleted(connection, round.Cursor.ObtainedAt); // a quiet tenant is polled every minute, and has nobody more to forget
    }

    private static List<Guest> FindChunk(SqliteConnection connection, string[] ids)
    {
        var names = string.Join(',', ids.Select((_, index) => $"$p{index}"));
        var command = connection.Sql($"SELECT id, state, digest, name, mail, since FROM guest WHERE id IN ({names})");
        for (var index = 0; index < ids.Length; index++) command.Parameters.AddWithValue($"$p{index}", ids[index]);
        return command.Rows(row => new Guest(row.GetString(0), row.Name<GuestState>(1), row.GetString(2), row.OptionalText(3), row.OptionalText(4), row.Time(5)));
    }

    /// <summary>Makes the changes pending, but for those that the settings leave out.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="round">What was found, and what of it does not count.</param>
    /// <param name="afterCycle">SQL for the cycle after which they happened; NULL where nobody knows.</param>
    private void CommitChanges(SqliteConnection connection, DeltaRound round, string afterCycle)
    {
        var before = LastChange(connection);
        InsertChanges(connection, round.Changes, afterCycle);
        SetAside(connection, before, round.Cursor.ObtainedAt);
        foreach (var (reason, count) in round.Ignored) CountIgnored(connection, reason, count, round.Cursor.ObtainedAt);
    }

    /// <param name="connection">The transaction's.</param>
    /// <param name="changes">In the order in which they are kept.</param>
    /// <param name="afterCycle">SQL for the cycle after which they happened; NULL where nobody knows.</param>
    private static void InsertChanges(SqliteConnection connection, IEnumerable<GuestChange> changes, string afterCycle)
    {
        using var insert = connection.Sql(
            $"""
            INSERT INTO change (guest_id, kind, name, mail, detected_at, after_cycle)
            VALUES ($id, $kind, $name, $mail, $at, {afterCycle})
            """);
        foreach (var change in changes)
            RunAgain(insert, ("$id", change.Id), ("$kind", change.Kind.ToString()), ("$name", change.Name), ("$mail", change.Mail), ("$at", change.DetectedAt.ToText()));
    }

    /// <param name="afterCycle">SQL for the last cycle that had ended when the reading behind the cursor began.</param>
    private static void SetCursor(SqliteConnection connection, DeltaCursor cursor, string afterCycle) => connection.Run(
        $"INSERT OR REPLACE INTO cursor (id, link, fingerprint, obtained_at, after_cycle) VALUES (1, $link, $fingerprint, $at, {afterCycle})",
        ("$link", cursor.Link), ("$fingerprint", cursor.Fingerprint), ("$at", cursor.ObtainedAt));

    /// <summary>Runs a prepared statement with other values: thousands of rows cost one compilation.</summary>
    private static void RunAgain(SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        command.Parameters.Clear();
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        command.ExecuteNonQuery();
    }
}
