using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>The guests known.</summary>
internal static class GuestSql
{
    /// <summary>How many ids go into one statement: well under SQLite's limit of parameters.</summary>
    public const int IdsPerStatement = 500;

    /// <summary>
    /// Entra keeps a deleted user for 30 days, then the purge is told; half of that again is slack. A purge that was told while the cursor
    /// was dead is never told again, and nobody's name may stay here for ever because of that
    /// (MimHybrid.Graph/README.md#deletions-and-restores).
    /// </summary>
    private static readonly TimeSpan DeletedGuestsKept = TimeSpan.FromDays(45);

    /// <summary>Somebody missed longer ago was missed for another reason.</summary>
    private static readonly TimeSpan MissedUsersKept = TimeSpan.FromDays(1);

    public const string Columns = "id, state, digest, name, mail, since";

    public static Guest Read(SqliteDataReader row) => new(
        row.GetString(0), row.Name<GuestState>(1), row.GetString(2), row.OptionalText(3), row.OptionalText(4), row.Time(5));

    public static long CountLive(SqliteConnection connection) => connection.Number("SELECT live FROM guest_tally");

    /// <summary>Those of the given ids that are known guests, live or soft-deleted.</summary>
    public static Dictionary<string, Guest> Find(SqliteConnection connection, IReadOnlyCollection<string> ids)
    {
        var found = new Dictionary<string, Guest>(StringComparer.Ordinal);
        foreach (var chunk in ids.Chunk(IdsPerStatement))
            foreach (var guest in FindChunk(connection, chunk))
                found[guest.Id] = guest;
        return found;
    }

    public static void Apply(SqliteConnection connection, DeltaRound round)
    {
        using (var remember = connection.Sql(
            """
            INSERT INTO guest (id, state, digest, name, mail, since) VALUES ($id, $state, $digest, $name, $mail, $since)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, digest = excluded.digest, name = excluded.name, mail = excluded.mail,
                                           since = excluded.since
            """))
        {
            foreach (var guest in round.Remembered)
                remember.RunAgain(("$id", guest.Id), ("$state", guest.State), ("$digest", guest.Digest), ("$name", guest.Name),
                    ("$mail", guest.Mail), ("$since", guest.Since));
        }

        foreach (var id in round.Forgotten) connection.Run("DELETE FROM guest WHERE id = $id", ("$id", id));
        GuestTextSql.Write(connection, [.. round.Remembered.Select(guest => guest.Id), .. round.Forgotten]);
        // a quiet tenant is polled every minute, and has nobody more to forget
        if (round.Changes.Count > 0) ForgetLongDeleted(connection, round.Cursor.ObtainedAt);
    }

    public static void ForgetLongDeleted(SqliteConnection connection, DateTimeOffset now) => GuestTextSql.Write(connection, connection
        .Sql("DELETE FROM guest WHERE state = 'SoftDeleted' AND since < $before RETURNING id", ("$before", now - DeletedGuestsKept))
        .Rows(row => row.GetString(0)));

    /// <summary>When a user was missed first; now, if nobody has missed them lately.</summary>
    public static DateTimeOffset NoteMissed(SqliteConnection connection, string id, DateTimeOffset now)
    {
        connection.Run(
            """
            INSERT INTO missed_user (id, first_missed) VALUES ($id, $now)
            ON CONFLICT (id) DO UPDATE SET first_missed = excluded.first_missed WHERE first_missed > $now OR first_missed < $longAgo
            """,
            ("$id", id), ("$now", now), ("$longAgo", now - MissedUsersKept));
        return connection.Sql("SELECT first_missed FROM missed_user WHERE id = $id", ("$id", id)).Rows(row => row.Time(0)).Single();
    }

    public static void ForgetMissed(SqliteConnection connection)
    {
        connection.Run("DELETE FROM missed_user");
        RefusedUserSql.Forget(connection);
    }

    private static List<Guest> FindChunk(SqliteConnection connection, string[] ids)
    {
        var names = string.Join(',', ids.Select((_, index) => $"$p{index}"));
        var command = connection.Sql($"SELECT {Columns} FROM guest WHERE id IN ({names})");
        for (var index = 0; index < ids.Length; index++) command.Parameters.AddWithValue($"$p{index}", ids[index]);
        return command.Rows(Read);
    }
}
