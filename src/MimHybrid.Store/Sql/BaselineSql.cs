using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>
/// A baseline in progress: the whole tenant, read page by page. The guests found go into a shadow table page by page; the old set serves
/// until the new one stands (MimHybrid.Graph/README.md#reading-the-whole-tenant).
/// </summary>
internal static class BaselineSql
{
    public static Baseline? Read(SqliteConnection connection) => connection
        .Sql(
            """
            SELECT next_link, fingerprint, started_at, pages, users, (SELECT count(*) FROM baseline_guest), kind, cursor_link, read_from
            FROM baseline
            """)
        .Row(row => new Baseline(row.GetString(0), row.GetString(1), row.Time(2), row.GetInt32(3), row.GetInt64(4), row.GetInt64(5))
        {
            Kind = row.Name<BaselineKind>(6),
            CursorLink = row.OptionalText(7),
            ReadFrom = row.OptionalTime(8),
        });

    public static void Begin(SqliteConnection connection, Baseline beginning)
    {
        Clear(connection);
        connection.Run(
            $"""
            INSERT INTO baseline (id, kind, cursor_link, read_from, next_link, fingerprint, started_at, pages, users, after_cycle)
            VALUES (1, $kind, $cursor, $from, $next, $fingerprint, $at, 0, 0, {CursorSql.LastEndedCycle})
            """,
            ("$kind", beginning.Kind), ("$cursor", beginning.CursorLink), ("$from", beginning.ReadFrom), ("$next", beginning.NextLink),
            ("$fingerprint", beginning.Fingerprint), ("$at", beginning.StartedAt));
    }

    public static Baseline Restart(SqliteConnection connection, string firstLink)
    {
        ForgetPages(connection);
        connection.Run(
            "UPDATE baseline SET next_link = $next, pages = 0, users = 0, refusals = 0, refused_since = NULL, refused_at = NULL",
            ("$next", firstLink));
        return Read(connection)!;
    }

    public static void KeepPage(SqliteConnection connection, BaselinePage page, string nextLink)
    {
        StagePage(connection, page);
        connection.Run(
            $"""
            INSERT INTO baseline (id, next_link, fingerprint, started_at, pages, users, after_cycle)
            VALUES (1, $next, $fingerprint, $at, 1, $users, {CursorSql.LastEndedCycle})
            ON CONFLICT (id) DO UPDATE SET next_link = excluded.next_link, pages = pages + 1, users = users + excluded.users,
                                           refusals = 0, refused_since = NULL, refused_at = NULL
            """,
            ("$next", nextLink), ("$fingerprint", page.Fingerprint), ("$at", page.ReadAt), ("$users", page.Users));
    }

    public static void StagePage(SqliteConnection connection, BaselinePage page)
    {
        using var stage = connection.Sql(
            "INSERT OR REPLACE INTO baseline_guest (id, digest, name, mail) VALUES ($id, $digest, $name, $mail)");
        foreach (var guest in page.Guests)
            stage.RunAgain(("$id", guest.Id), ("$digest", guest.Digest), ("$name", guest.Name), ("$mail", guest.Mail));

        using var unstage = connection.Sql("DELETE FROM baseline_guest WHERE id = $id");
        using var forget = connection.Sql("DELETE FROM baseline_other WHERE id = $id");
        using var note = connection.Sql(
            "INSERT OR REPLACE INTO baseline_other (id, kind, digest, outside) VALUES ($id, $kind, $digest, $outside)");
        foreach (var guest in page.Guests) forget.RunAgain(("$id", guest.Id));
        foreach (var id in page.NotGuests)
        {
            unstage.RunAgain(("$id", id));
            forget.RunAgain(("$id", id));
        }

        foreach (var other in page.Others)
            note.RunAgain(("$id", other.Id), ("$kind", other.Kind), ("$digest", other.Digest), ("$outside", other.Outside));
    }

    /// <summary>What earlier pages said of these users; of a guest who counts, the digest alone.</summary>
    public static Dictionary<string, BaselineUser> FindSeen(SqliteConnection connection, IReadOnlyCollection<string> ids)
    {
        var seen = new Dictionary<string, BaselineUser>(StringComparer.Ordinal);
        foreach (var chunk in ids.Chunk(GuestSql.IdsPerStatement))
        {
            var names = string.Join(',', chunk.Select((_, index) => $"$p{index}"));
            using var command = connection.Sql(
                $"""
                SELECT id, NULL, digest, NULL FROM baseline_guest WHERE id IN ({names})
                UNION ALL SELECT id, kind, digest, outside FROM baseline_other WHERE id IN ({names})
                """);
            for (var index = 0; index < chunk.Length; index++) command.Parameters.AddWithValue($"$p{index}", chunk[index]);
            foreach (var user in command.Rows(ReadSeen)) seen[user.Id] = user;
        }

        return seen;
    }

    /// <summary>
    /// Whoever is new, different or missing against the guests known. Read while it is used: a first baseline may have a million of them.
    /// </summary>
    public static IEnumerable<GuestChange> Differences(SqliteConnection connection, DateTimeOffset readAt)
    {
        using var command = connection.Sql(
            """
            SELECT found.id,
                   CASE WHEN known.id IS NULL THEN 'Added' WHEN known.state = 'SoftDeleted' THEN 'Restored' ELSE 'Updated' END,
                   found.name, found.mail, NULL
            FROM baseline_guest AS found LEFT JOIN guest AS known ON known.id = found.id
            WHERE known.id IS NULL OR known.state = 'SoftDeleted' OR known.digest <> found.digest
            UNION ALL
            SELECT known.id, CASE WHEN other.outside IS NULL THEN 'Removed' ELSE 'Updated' END, known.name, known.mail, other.outside
            FROM guest AS known LEFT JOIN baseline_other AS other ON other.id = known.id
            WHERE known.state = 'Live' AND NOT EXISTS (SELECT 1 FROM baseline_guest AS found WHERE found.id = known.id)
            """);
        using var row = command.ExecuteReader();
        while (row.Read())
            yield return new GuestChange(row.GetString(0), row.Name<ChangeKind>(1), row.OptionalText(2), row.OptionalText(3), readAt)
            {
                LeftBecause = row.IsDBNull(4) ? null : row.Name<IgnoredBecause>(4),
            };
    }

    /// <summary>Guests who were known and, as the pages show them, do not count any more.</summary>
    public static long CountLeft(SqliteConnection connection) => connection.Number(
        "SELECT count(*) FROM guest JOIN baseline_other AS other ON other.id = guest.id WHERE state = 'Live' AND outside IS NOT NULL");

    /// <summary>The shadow table becomes the guests known.</summary>
    public static void TakeOver(SqliteConnection connection, DateTimeOffset readAt)
    {
        // A live guest who is missing was deleted while we were blind; whether softly is unknown, and a later restore is then an addition.
        connection.Run(
            "DELETE FROM guest WHERE state = 'Live' AND NOT EXISTS (SELECT 1 FROM baseline_guest AS found WHERE found.id = guest.id)");
        connection.Run(
            """
            INSERT INTO guest (id, state, digest, name, mail, since)
            SELECT id, 'Live', digest, name, mail, $at FROM baseline_guest WHERE true
            ON CONFLICT (id) DO UPDATE SET
                since = CASE WHEN guest.state = 'Live' THEN guest.since ELSE excluded.since END,
                state = 'Live', digest = excluded.digest, name = excluded.name, mail = excluded.mail
            """,
            ("$at", readAt));
        GuestSql.ForgetLongDeleted(connection, readAt);
        GuestTextSql.WriteAll(connection);
    }

    public static void Clear(SqliteConnection connection)
    {
        connection.Run("DELETE FROM baseline");
        ForgetPages(connection);
    }

    private static void ForgetPages(SqliteConnection connection)
    {
        connection.Run("DELETE FROM baseline_guest");
        connection.Run("DELETE FROM baseline_other");
        GuestSql.ForgetMissed(connection);
    }

    private static BaselineUser ReadSeen(SqliteDataReader row) =>
        new(row.GetString(0), row.OptionalText(1), row.GetString(2), row.IsDBNull(3) ? null : row.Name<IgnoredBecause>(3));
}
