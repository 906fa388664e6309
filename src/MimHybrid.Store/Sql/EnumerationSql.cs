using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>
/// An enumeration of the whole tenant in progress. The guests found go into a shadow table page by page; the old set serves until the new
/// one stands (MimHybrid.Graph/README.md#reading-the-whole-tenant).
/// </summary>
internal static class EnumerationSql
{
    public static Enumeration? Read(SqliteConnection connection) => connection
        .Sql(
            """
            SELECT next_link, fingerprint, started_at, pages, users, (SELECT count(*) FROM enumerated_guest), kind, cursor_link, read_from
            FROM enumeration
            """)
        .Row(row => new Enumeration(row.GetString(0), row.GetString(1), row.Time(2), row.GetInt32(3), row.GetInt64(4), row.GetInt64(5))
        {
            Kind = row.Name<EnumerationKind>(6),
            CursorLink = row.OptionalText(7),
            ReadFrom = row.OptionalTime(8),
        });

    public static void Begin(SqliteConnection connection, Enumeration beginning)
    {
        Clear(connection);
        connection.Run(
            $"""
            INSERT INTO enumeration (id, kind, cursor_link, read_from, next_link, fingerprint, started_at, pages, users, after_cycle)
            VALUES (1, $kind, $cursor, $from, $next, $fingerprint, $at, 0, 0, {CursorSql.LastEndedCycle})
            """,
            ("$kind", beginning.Kind), ("$cursor", beginning.CursorLink), ("$from", beginning.ReadFrom), ("$next", beginning.NextLink),
            ("$fingerprint", beginning.Fingerprint), ("$at", beginning.StartedAt));
    }

    public static void Restart(SqliteConnection connection, string firstLink)
    {
        connection.Run("DELETE FROM enumerated_guest");
        connection.Run("UPDATE enumeration SET next_link = $next, pages = 0, users = 0", ("$next", firstLink));
    }

    public static void KeepPage(SqliteConnection connection, EnumerationPage page, string nextLink)
    {
        StagePage(connection, page);
        connection.Run(
            $"""
            INSERT INTO enumeration (id, next_link, fingerprint, started_at, pages, users, after_cycle)
            VALUES (1, $next, $fingerprint, $at, 1, $users, {CursorSql.LastEndedCycle})
            ON CONFLICT (id) DO UPDATE SET next_link = excluded.next_link, pages = pages + 1, users = users + excluded.users
            """,
            ("$next", nextLink), ("$fingerprint", page.Fingerprint), ("$at", page.ReadAt), ("$users", page.Users));
    }

    public static void StagePage(SqliteConnection connection, EnumerationPage page)
    {
        using var stage = connection.Sql("INSERT OR REPLACE INTO enumerated_guest (id, digest, name, mail) VALUES ($id, $digest, $name, $mail)");
        foreach (var guest in page.Guests)
            stage.RunAgain(("$id", guest.Id), ("$digest", guest.Digest), ("$name", guest.Name), ("$mail", guest.Mail));

        using var unstage = connection.Sql("DELETE FROM enumerated_guest WHERE id = $id");
        foreach (var id in page.NotGuests) unstage.RunAgain(("$id", id));
    }

    /// <summary>Whoever is new, different or missing against the guests known. Read while it is used: a first reading may have a million of them.</summary>
    public static IEnumerable<GuestChange> Differences(SqliteConnection connection, DateTimeOffset readAt)
    {
        using var command = connection.Sql(
            """
            SELECT found.id,
                   CASE WHEN known.id IS NULL THEN 'Added' WHEN known.state = 'SoftDeleted' THEN 'Restored' ELSE 'Updated' END,
                   found.name, found.mail
            FROM enumerated_guest AS found LEFT JOIN guest AS known ON known.id = found.id
            WHERE known.id IS NULL OR known.state = 'SoftDeleted' OR known.digest <> found.digest
            UNION ALL
            SELECT known.id, 'Removed', known.name, known.mail
            FROM guest AS known
            WHERE known.state = 'Live' AND NOT EXISTS (SELECT 1 FROM enumerated_guest AS found WHERE found.id = known.id)
            """);
        using var row = command.ExecuteReader();
        while (row.Read())
            yield return new GuestChange(row.GetString(0), row.Name<ChangeKind>(1), row.OptionalText(2), row.OptionalText(3), readAt);
    }

    /// <summary>The shadow table becomes the guests known.</summary>
    public static void TakeOver(SqliteConnection connection, DateTimeOffset readAt)
    {
        // A live guest who is missing was deleted while we were blind; whether softly is unknown, and a later restore is then an addition.
        connection.Run("DELETE FROM guest WHERE state = 'Live' AND NOT EXISTS (SELECT 1 FROM enumerated_guest AS found WHERE found.id = guest.id)");
        connection.Run(
            """
            INSERT INTO guest (id, state, digest, name, mail, since)
            SELECT id, 'Live', digest, name, mail, $at FROM enumerated_guest WHERE true
            ON CONFLICT (id) DO UPDATE SET
                since = CASE WHEN guest.state = 'Live' THEN guest.since ELSE excluded.since END,
                state = 'Live', digest = excluded.digest, name = excluded.name, mail = excluded.mail
            """,
            ("$at", readAt));
        GuestSql.ForgetLongDeleted(connection, readAt);
    }

    public static void Clear(SqliteConnection connection)
    {
        connection.Run("DELETE FROM enumeration");
        connection.Run("DELETE FROM enumerated_guest");
    }
}
