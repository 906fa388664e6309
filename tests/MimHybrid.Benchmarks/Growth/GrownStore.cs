using System.Globalization;
using Microsoft.Data.Sqlite;
using MimHybrid.Store.Sql;

namespace MimHybrid.Benchmarks.Growth;

/// <summary>
/// A store as years of operation leave it, written by SQL in one transaction: of version 1, so that opening it migrates it. Half of the
/// guests came with the first reading of the tenant, which the first cycle carried; the others came one by one.
/// </summary>
internal sealed record GrownStore(string Folder, int Cycles, int Guests)
{
    /// <summary>One cycle in so many failed; the next had its causes once more.</summary>
    private const int FailedEach = 97;

    public DateTimeOffset End { get; } = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    /// <summary>When a cycle had ended, UTC: one a minute.</summary>
    public DateTimeOffset EndOf(int cycle) => End.AddMinutes(cycle - Cycles);

    /// <summary>The number in the mail, which names one guest and no other.</summary>
    public static string MailOf(int guest) => string.Create(CultureInfo.InvariantCulture, $"g{guest}@fabrikam{guest % 500}.example");

    public static GrownStore Make(string folder, int cycles, int guests)
    {
        var grown = new GrownStore(folder, cycles, guests);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = StoreAccess.PathIn(folder), Pooling = false }.ToString());
        connection.Open();
        connection.Run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY");
        using (var transaction = connection.BeginTransaction())
        {
            Migrator.Make(connection, 1);
            connection.Run("PRAGMA user_version = 1");
            grown.Fill(connection);
            transaction.Commit();
        }

        connection.Run("PRAGMA journal_mode = WAL");
        File.WriteAllText(StoreAccess.MarkerIn(folder), "");
        return grown;
    }

    private void Fill(SqliteConnection connection)
    {
        Number(connection, "people", Guests);
        Number(connection, "runs", Cycles);
        FillGuests(connection);
        FillCycles(connection);
        FillChanges(connection);
        FillSteps(connection);
        connection.Run(
            """
            INSERT INTO cursor (id, link, fingerprint, obtained_at, after_cycle) VALUES (1, 'https://graph/delta', 'f', $now, $cycles);
            INSERT INTO poll (id, attempted_at, succeeded_at, failures) VALUES (1, $now, $now, 0);
            INSERT INTO folder (id, tenant) VALUES (1, 'sandbox');
            """,
            ("$now", End), ("$cycles", Cycles));
    }

    private static void Number(SqliteConnection connection, string table, int count) => connection.Run(
        $"""
        CREATE TEMP TABLE {table} (n INTEGER PRIMARY KEY);
        INSERT INTO {table} WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < $count) SELECT n FROM number;
        """,
        ("$count", count));

    /// <summary>Ids as random as Entra's, names of four thousand given names and sixty thousand surnames, and the digest of the values.</summary>
    private void FillGuests(SqliteConnection connection)
    {
        connection.Run(
            """
            CREATE TEMP TABLE syllable (k INTEGER PRIMARY KEY, t TEXT);
            INSERT INTO syllable VALUES (0,'le'),(1,'na'),(2,'bra'),(3,'ndt'),(4,'mi'),(5,'ko'),(6,'ra'),(7,'sch'),(8,'mü'),(9,'ller'),(10,'ta'),
                (11,'no'),(12,'vi'),(13,'el'),(14,'son'),(15,'ber');
            CREATE TEMP TABLE given AS SELECT a.k * 256 + b.k * 16 + c.k AS k, upper(substr(a.t, 1, 1)) || substr(a.t, 2) || b.t || c.t AS t
                FROM syllable AS a, syllable AS b, syllable AS c ORDER BY 1;
            CREATE TEMP TABLE surname AS SELECT g.k * 16 + s.k AS k, g.t || s.t AS t FROM given AS g, syllable AS s ORDER BY 1;
            """);
        connection.Run(
            $"""
            INSERT INTO guest (id, state, digest, name, mail, since)
            SELECT printf('%08x-%04x-4%03x-a%03x-%012x', n * 2654435761 & 0xffffffff, n * 40503 & 0xffff, n * 2029 & 0xfff, n * 1031 & 0xfff,
                          n * 99990001 & 0xffffffffffff),
                   iif(n % 50 = 0, 'SoftDeleted', 'Live'), hex(randomblob(32)), given.t || ' ' || surname.t,
                   lower(given.t) || '.' || lower(surname.t) || '.g' || n || '@fabrikam' || (n % 500) || '.example', {At("$end - n % 1000000")}
            FROM people JOIN given ON given.rowid = 1 + n * 7919 % 4096 JOIN surname ON surname.rowid = 1 + n * 104729 % 65536
            ORDER BY 1
            """,
            ("$end", End.ToUnixTimeSeconds()));
    }

    private void FillCycles(SqliteConnection connection) => connection.Run(
        $"""
        INSERT INTO cycle (id, function, trigger, sequence, reason, after_change, through_change, started_at, ended_at, outcome, failure, next_decision)
        SELECT n, iif(n % 2, 'GuestChanges', 'FallbackCycle'), iif(n % 2, 'GraphDelta', 'Timer'),
               iif(n % 2, 'ChangeDriven', iif(n % 720 = 0, 'Full', 'Fallback')),
               iif(n % 2, '1 guest change (1 added) pending', 'FallbackCycle is due: the last success of its sequence was an hour ago'),
               iif(n = 1, 0, {Through($"n - iif((n - 1) % {FailedEach}, 1, 2)")}), {Through("n")},
               {At("$end + (n - $cycles) * 60 - 40")}, {At("$end + (n - $cycles) * 60")},
               iif(n % {FailedEach}, iif(n % 10 = 3, 'SucceededWithFindings', 'Succeeded'), 'Failed'),
               iif(n % {FailedEach}, NULL, 'AADMA Delta Import (Stage Only): stopped-server; MIM lost its database'),
               'no guest changes pending; FallbackCycle is due at 2026-11-29 00:00:00'
        FROM runs
        """,
        ("$end", End.ToUnixTimeSeconds()), ("$cycles", Cycles), ("$first", Guests / 2), ("$others", Guests - (Guests / 2)));

    /// <summary>Each guest was added once; a good cycle has carried it.</summary>
    private static void FillChanges(SqliteConnection connection)
    {
        connection.Run("CREATE TEMP TABLE came AS SELECT id, name, mail FROM guest ORDER BY CAST(substr(mail, instr(mail, '.g') + 2) AS INTEGER)");
        connection.Run(
            $"""
            INSERT INTO change (seq, guest_id, kind, name, mail, detected_at, after_cycle, carried_by)
            SELECT came.rowid, came.id, 'Added', came.name, came.mail, cycle.started_at, cycle.id - 1, cycle.id
            FROM cycle CROSS JOIN temp.came ON came.rowid > after_change AND came.rowid <= through_change
            WHERE outcome <> 'Failed' AND through_change > after_change
            """);
    }

    private static void FillSteps(SqliteConnection connection) => connection.Run(
        """
        CREATE TEMP TABLE profile (position INTEGER PRIMARY KEY, agent TEXT, name TEXT, counters TEXT);
        INSERT INTO profile VALUES
            (1, 'AADMA', 'Delta Import (Stage Only)', '{"staging":{"stage-add":1}}'),
            (2, 'AADMA', 'Delta Synchronization', '{"inbound":{"disconnector-projected-flow":1},"outbound":{"ADMA":{"provisioned-add-flow":1}}}'),
            (3, 'ADMA', 'Export', '{"export":{"export-add":1}}'),
            (4, 'ADMA', 'Delta Import (Stage Only)', '{"staging":{"stage-add":1}}'),
            (5, 'ADMA', 'Delta Synchronization', '{"inbound":{"connector-flow":1}}');
        INSERT INTO step (cycle_id, position, management_agent, run_profile, started_at, ended_at, result, run_number, skipped_because, counters)
        SELECT cycle.id, position, agent, name, iif(position = 1 OR cycle.id % 2, started_at, NULL), iif(position = 1 OR cycle.id % 2, ended_at, NULL),
               iif(position = 1 OR cycle.id % 2, 'success', NULL), iif(position = 1 OR cycle.id % 2, cycle.id * 5 + position, NULL),
               iif(position = 1 OR cycle.id % 2, NULL, 'nothing is staged'), iif(cycle.id % 2, counters, NULL)
        FROM cycle CROSS JOIN temp.profile WHERE outcome <> 'Failed' OR position = 1;
        INSERT INTO arrival (cycle_id, seen_added, seen_updated, seen_removed, expected_added, expected_updated, expected_removed,
                             sure_added, sure_removed, missing)
        SELECT id, 1, 0, 0, 1, 0, 0, 1, 0, 0 FROM cycle WHERE id % 2 AND outcome <> 'Failed';
        """);

    private static string At(string seconds) => $"strftime('%Y-%m-%dT%H:%M:%f0000Z', {seconds}, 'unixepoch', 'subsec')";

    /// <summary>SQL for the last change that was there when a cycle's first import began.</summary>
    private static string Through(string cycle) => $"($first + ({cycle} - 1) * $others / ($cycles - 1))";
}
