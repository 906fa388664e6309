using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store;

/// <summary>What a picture of many cycles is drawn from.</summary>
public sealed partial class AgentReader
{
    /// <summary>So many cycles are read at once: a month of a busy server is never in memory as a whole.</summary>
    private const int HeadsRead = 500;

    private const int GuestsRead = 5000;

    /// <summary>The cycles after a number that began at or after a time, oldest first, each with the steps that ran.</summary>
    public IEnumerable<CycleHead> ReadHeads(long after, DateTimeOffset since)
    {
        for (var (last, more) = (after, true); more;)
        {
            var from = last;
            var heads = file.Read(connection => MonthSql.ReadHeads(connection, from, since, HeadsRead));
            foreach (var head in heads) yield return head;
            more = heads.Count == HeadsRead;
            if (more) last = heads[^1].Cycle.Id;
        }
    }

    /// <summary>The guests who came and were carried by a cycle after a number.</summary>
    public IReadOnlyList<CarriedArrival> ReadCarriedArrivals(long afterCycle) => file.Read(connection => connection
        .Sql(
            """
            SELECT carried_by, detected_at FROM change
            WHERE carried_by > $after AND kind IN ('Added', 'Restored') AND left_because IS NULL
            """,
            ("$after", afterCycle))
        .Rows(row => new CarriedArrival(row.GetInt64(0), row.Time(1))));

    /// <summary>How many guests came, changed and went in a time, whether or not a cycle has carried it.</summary>
    public IReadOnlyDictionary<ChangeKind, long> CountChanges(DateTimeOffset from, DateTimeOffset until) =>
        file.Read(connection => connection
            .Sql(
                "SELECT kind, count(*) FROM change WHERE detected_at >= $from AND detected_at < $until GROUP BY kind",
                ("$from", from), ("$until", until))
            .Rows(row => (Kind: row.Name<ChangeKind>(0), Count: row.GetInt64(1)))
            .ToDictionary(each => each.Kind, each => each.Count));

    /// <summary>Every guest that is known, by id; a tenant of any size is never in memory as a whole.</summary>
    public IEnumerable<Guest> ReadGuests()
    {
        for (var last = ""; ;)
        {
            var from = last;
            var guests = file.Read(connection => connection
                .Sql(
                    $"SELECT {GuestSql.Columns} FROM guest WHERE id > $from ORDER BY id LIMIT $most",
                    ("$from", from), ("$most", GuestsRead))
                .Rows(GuestSql.Read));
            foreach (var guest in guests) yield return guest;
            if (guests.Count < GuestsRead) yield break;
            last = guests[^1].Id;
        }
    }

    /// <summary>The functions and sequences that the run log knows, for whoever chooses among them.</summary>
    public RunLogNames ReadNames() => file.Read(connection => new RunLogNames(
        connection.Sql(MonthSql.Distinct("function")).Rows(row => row.GetString(0)),
        connection.Sql(MonthSql.Distinct("sequence")).Rows(row => row.GetString(0))));

    /// <summary>The number of the last cycle before this one; null where there is none.</summary>
    public long? ReadPreviousCycle(long before) => file.Read(connection =>
        connection.Number("SELECT coalesce(max(id), 0) FROM cycle WHERE id < $before", ("$before", before))) is > 0 and var last
            ? last
            : null;
}
