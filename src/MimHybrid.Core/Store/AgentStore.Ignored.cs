using Microsoft.Data.Sqlite;
using MimHybrid.Core.Changes;

namespace MimHybrid.Core.Store;

/// <content>
/// Changes that start nothing. The guests known are kept right all the same, so that what comes later is recognised for what it is.
/// </content>
public sealed partial class AgentStore
{
    /// <summary>The kinds of change that become pending (the setting <c>On</c>); whoever commits changes, this holds for all of them.</summary>
    public IReadOnlyCollection<ChangeKind> On { get; set; } = Enum.GetValues<ChangeKind>();

    public IReadOnlyList<IgnoredChanges> ReadIgnored() => Read(connection => connection
        .Sql("SELECT reason, count, last_at FROM ignored_change ORDER BY reason")
        .Rows(row => new IgnoredChanges(row.Name<IgnoredBecause>(0), row.GetInt64(1), row.Time(2))));

    private static long LastChange(SqliteConnection connection) => connection.Number("SELECT max(seq) FROM change");

    /// <summary>
    /// Takes the changes after <paramref name="before"/> that <see cref="On"/> leaves out away again, and answers how many. A removal stays
    /// as a row that starts nothing: the next import carries it anyway, and the removal guard must see it before.
    /// </summary>
    private int SetAside(SqliteConnection connection, long before, DateTimeOffset now)
    {
        var aside = 0;
        foreach (var kind in Enum.GetValues<ChangeKind>().Except(On))
        {
            var found = connection.Run(
                kind == ChangeKind.Removed
                    ? "UPDATE change SET wakes = 0 WHERE seq > $before AND kind = $kind"
                    : "DELETE FROM change WHERE seq > $before AND kind = $kind",
                ("$before", before), ("$kind", kind));
            CountIgnored(connection, IgnoredReasons.NotChosen(kind), found, now);
            aside += found;
        }

        return aside;
    }

    private static void CountIgnored(SqliteConnection connection, IgnoredBecause reason, int count, DateTimeOffset now)
    {
        if (count == 0) return;
        connection.Run(
            """
            INSERT INTO ignored_change (reason, count, last_at) VALUES ($reason, $count, $now)
            ON CONFLICT (reason) DO UPDATE SET count = count + excluded.count, last_at = excluded.last_at
            """,
            ("$reason", reason), ("$count", count), ("$now", now));
    }
}
