using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>The changes of guests: pending until a cycle carries them.</summary>
internal static class ChangeSql
{
    /// <summary>
    /// A removal that the guest's later change took back is none, neither for the planner nor for the guard's looks within a cycle.
    /// </summary>
    public const string IsRemoval =
        """
        change.kind = 'Removed'
          AND NOT EXISTS (SELECT 1 FROM change AS later WHERE later.guest_id = change.guest_id AND later.seq > change.seq)
        """;

    public const string IsUnapproved =
        $"carried_by IS NULL AND {IsRemoval} AND seq > (SELECT coalesce(max(through_change), 0) FROM removal_approval)";

    /// <summary>A cycle's causes: what had been committed by its first import and no earlier cycle had carried.</summary>
    public const string CausesOfCycle =
        """
        FROM cycle JOIN change ON change.seq > cycle.after_change AND change.seq <= cycle.through_change
        WHERE cycle.id = $cycle
        """;

    public static long Last(SqliteConnection connection) => connection.Number("SELECT max(seq) FROM change");

    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns = "guest_id, kind, change.name, mail, detected_at, left_because, invited_at";

    public static GuestChange Read(SqliteDataReader row) =>
        new(row.GetString(0), row.Name<ChangeKind>(1), row.OptionalText(2), row.OptionalText(3), row.Time(4))
        {
            LeftBecause = row.IsDBNull(5) ? null : row.Name<IgnoredBecause>(5),
            InvitedAt = row.OptionalTime(6),
        };

    /// <summary>
    /// Makes changes pending: the one place where the setting <c>On</c> decides. A removal that it leaves out stays as a row that starts
    /// nothing: the next import carries it anyway, and the removal guard must see it before.
    /// </summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="changes">In the order in which they are kept.</param>
    /// <param name="chosen">The kinds that start a cycle.</param>
    /// <param name="afterCycle">SQL for the cycle after which they happened; NULL where nobody knows.</param>
    public static Dictionary<ChangeKind, int> Insert(
        SqliteConnection connection, IEnumerable<GuestChange> changes, IReadOnlyCollection<ChangeKind> chosen, string afterCycle)
    {
        var counts = new Dictionary<ChangeKind, int>();
        var before = Last(connection);
        using var insert = connection.Sql(
            $"""
            INSERT INTO change (guest_id, kind, name, mail, detected_at, left_because, invited_at, wakes, after_cycle)
            VALUES ($id, $kind, $name, $mail, $at, $left, $invited, $wakes, {afterCycle})
            """);
        foreach (var change in changes)
        {
            counts[change.Kind] = counts.GetValueOrDefault(change.Kind) + 1;
            var wakes = chosen.Contains(change.Kind);
            if (wakes || change.Kind == ChangeKind.Removed)
                insert.RunAgain(
                    ("$id", change.Id), ("$kind", change.Kind), ("$name", change.Name), ("$mail", change.Mail), ("$at", change.DetectedAt),
                    ("$left", change.LeftBecause), ("$invited", change.InvitedAt), ("$wakes", wakes));
        }

        ChangeTextSql.Write(connection, ChangeTextSql.FindBlocks(connection, "seq > $before", ("$before", before)));
        return counts;
    }

    /// <summary>Counts what starts nothing, and returns it beside the rest.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="found">The changes found, by kind.</param>
    /// <param name="chosen">The kinds that start a cycle.</param>
    /// <param name="doNotCount">What was found of guests who do not count, by reason.</param>
    /// <param name="now">When, UTC.</param>
    public static CommittedChanges Tally(
        SqliteConnection connection, IReadOnlyDictionary<ChangeKind, int> found, IReadOnlyCollection<ChangeKind> chosen,
        IEnumerable<KeyValuePair<IgnoredBecause, int>> doNotCount, DateTimeOffset now)
    {
        var ignored = found.Where(kind => !chosen.Contains(kind.Key))
            .Select(kind => KeyValuePair.Create(IgnoredReasons.NotChosen(kind.Key), kind.Value))
            .Concat(doNotCount).Where(reason => reason.Value > 0).ToDictionary();
        foreach (var (reason, count) in ignored) CountIgnored(connection, reason, count, now);
        return new CommittedChanges(found.Where(kind => chosen.Contains(kind.Key)).ToDictionary(), ignored);
    }

    private static void CountIgnored(SqliteConnection connection, IgnoredBecause reason, int count, DateTimeOffset now) => connection.Run(
        """
        INSERT INTO ignored_change (reason, count, last_at) VALUES ($reason, $count, $now)
        ON CONFLICT (reason) DO UPDATE SET count = count + excluded.count, last_at = excluded.last_at
        """,
        ("$reason", reason), ("$count", count), ("$now", now));
}
