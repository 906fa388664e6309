using Microsoft.Data.Sqlite;
using MimHybrid.Core.Changes;

namespace MimHybrid.Core.Store;

/// <summary>What a completed enumeration made of the guests known before.</summary>
public sealed record EnumerationResult(long Users, long Guests, long Changes)
{
    /// <summary>Not null: too many guests were missing, so nothing was taken over, and the reading was thrown away.</summary>
    public HeldReading? Held { get; init; }
}

/// <content>
/// An enumeration of the whole tenant: the first one, and a resynchronisation after the cursor died. The guests found go into a
/// shadow table page by page; the old set serves until the new one stands (reference/graph-delta.md 2.4).
/// </content>
public sealed partial class AgentStore
{
    /// <summary>The enumeration in progress, or null.</summary>
    public Enumeration? ReadEnumeration() => Read(ReadEnumeration);

    /// <summary>Begins a reading by list, in place of any other. A crash after this goes on with the same delta link.</summary>
    public void BeginListEnumeration(Enumeration beginning) => Write(connection =>
    {
        Clear(connection);
        connection.Run(
            $"""
            INSERT INTO enumeration (id, kind, cursor_link, read_from, next_link, fingerprint, started_at, pages, users, after_cycle)
            VALUES (1, $kind, $cursor, $from, $next, $fingerprint, $at, 0, 0, {LastEndedCycle})
            """,
            ("$kind", beginning.Kind), ("$cursor", beginning.CursorLink), ("$from", beginning.ReadFrom), ("$next", beginning.NextLink),
            ("$fingerprint", beginning.Fingerprint), ("$at", beginning.StartedAt));
    });

    /// <summary>The list's page token died: its pages are read again from the first, on top of the same delta link.</summary>
    public Enumeration RestartListEnumeration(string firstLink) => Write(connection =>
    {
        connection.Run("DELETE FROM enumerated_guest");
        connection.Run("UPDATE enumeration SET next_link = $next, pages = 0, users = 0", ("$next", firstLink));
        return ReadEnumeration(connection)!;
    });

    /// <summary>Keeps a page that is not the last: a crash after this goes on at <paramref name="nextLink"/>.</summary>
    public Enumeration CommitEnumerationPage(EnumerationPage page, string nextLink) => Write(connection =>
    {
        StagePage(connection, page);
        connection.Run(
            $"""
            INSERT INTO enumeration (id, next_link, fingerprint, started_at, pages, users, after_cycle)
            VALUES (1, $next, $fingerprint, $at, 1, $users, {LastEndedCycle})
            ON CONFLICT (id) DO UPDATE SET next_link = excluded.next_link, pages = pages + 1, users = users + excluded.users
            """,
            ("$next", nextLink), ("$fingerprint", page.Fingerprint), ("$at", page.ReadAt), ("$users", page.Users));
        return ReadEnumeration(connection)!;
    });

    /// <summary>
    /// The last page: the shadow table becomes the guests, and whoever is new, different or missing becomes a pending change,
    /// all in one transaction with the cursor.
    /// </summary>
    /// <param name="lastPage">The page with the delta link, or the list's last.</param>
    /// <param name="cursor">Where the rounds start.</param>
    /// <param name="brake">When a reading is not believed; null believes all.</param>
    public EnumerationResult CompleteEnumeration(EnumerationPage lastPage, DeltaCursor cursor, ReadingBrake? brake = null) => Write(connection =>
    {
        StagePage(connection, lastPage);
        var users = connection.Number("SELECT users FROM enumeration") + lastPage.Users;
        if (brake is not null && Judge(connection, brake, lastPage.ReadAt, lastPage.ReadAt) is { } held)
        {
            Clear(connection);
            return new EnumerationResult(users, held.Known - held.Vanished, 0) { Held = held };
        }

        var before = LastChange(connection);
        var changes = connection.Run(DiffIntoChanges, ("$at", lastPage.ReadAt));
        changes -= SetAside(connection, before, lastPage.ReadAt);
        connection.Run(ForgetMissing);
        connection.Run(TakeOver, ("$at", lastPage.ReadAt));
        ForgetLongDeleted(connection, lastPage.ReadAt);
        var guests = connection.Number("SELECT count(*) FROM enumerated_guest");
        SetCursor(connection, cursor, $"coalesce((SELECT after_cycle FROM enumeration), {LastEndedCycle})");
        Clear(connection);
        SaveDrift(connection, DriftState.ComparedAt(lastPage.ReadAt));
        return new EnumerationResult(users, guests, changes);
    });

    /// <summary>The page token died or the settings changed: the next enumeration starts at the first page.</summary>
    public void AbandonEnumeration() => Write(Clear);

    private const string DiffIntoChanges =
        """
        INSERT INTO change (guest_id, kind, name, mail, detected_at)
        SELECT found.id,
               CASE WHEN known.id IS NULL THEN 'Added' WHEN known.state = 'SoftDeleted' THEN 'Restored' ELSE 'Updated' END,
               found.name, found.mail, $at
        FROM enumerated_guest AS found LEFT JOIN guest AS known ON known.id = found.id
        WHERE known.id IS NULL OR known.state = 'SoftDeleted' OR known.digest <> found.digest
        UNION ALL
        SELECT known.id, 'Removed', known.name, known.mail, $at
        FROM guest AS known
        WHERE known.state = 'Live' AND NOT EXISTS (SELECT 1 FROM enumerated_guest AS found WHERE found.id = known.id)
        """;

    /// <summary>A live guest who is missing was deleted while we were blind; whether softly is unknown, and a later restore is then an addition.</summary>
    private const string ForgetMissing =
        "DELETE FROM guest WHERE state = 'Live' AND NOT EXISTS (SELECT 1 FROM enumerated_guest AS found WHERE found.id = guest.id)";

    private const string TakeOver =
        """
        INSERT INTO guest (id, state, digest, name, mail, since)
        SELECT id, 'Live', digest, name, mail, $at FROM enumerated_guest WHERE true
        ON CONFLICT (id) DO UPDATE SET
            since = CASE WHEN guest.state = 'Live' THEN guest.since ELSE excluded.since END,
            state = 'Live', digest = excluded.digest, name = excluded.name, mail = excluded.mail
        """;

    private static Enumeration? ReadEnumeration(SqliteConnection connection) => connection
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

    private static void StagePage(SqliteConnection connection, EnumerationPage page)
    {
        using var stage = connection.Sql("INSERT OR REPLACE INTO enumerated_guest (id, digest, name, mail) VALUES ($id, $digest, $name, $mail)");
        foreach (var guest in page.Guests)
            RunAgain(stage, ("$id", guest.Id), ("$digest", guest.Digest), ("$name", guest.Name), ("$mail", guest.Mail));

        using var unstage = connection.Sql("DELETE FROM enumerated_guest WHERE id = $id");
        foreach (var id in page.NotGuests) RunAgain(unstage, ("$id", id));
    }

    private static void Clear(SqliteConnection connection)
    {
        connection.Run("DELETE FROM enumeration");
        connection.Run("DELETE FROM enumerated_guest");
    }
}
