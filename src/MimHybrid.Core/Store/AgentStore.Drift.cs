using Microsoft.Data.Sqlite;
using MimHybrid.Core.Changes;

namespace MimHybrid.Core.Store;

/// <summary>When the guests known were compared with the tenant's, and how the counts in between came out.</summary>
/// <param name="ReconciledAt">The last comparison, one by one, UTC.</param>
/// <param name="CountedAt">The last count, UTC.</param>
public sealed record DriftState(DateTimeOffset ReconciledAt, DateTimeOffset CountedAt)
{
    /// <summary>Counts in a row that did not agree.</summary>
    public int Disagreements { get; init; }

    /// <summary>What Graph counted last.</summary>
    public long? Counted { get; init; }

    /// <summary>What Graph counted beyond the guests known when a comparison one by one found nothing more: no news any longer.</summary>
    public long AcceptedOffset { get; init; }

    public static DriftState ComparedAt(DateTimeOffset now) => new(now, now);
}

/// <summary>A guest who is known otherwise than the list has them.</summary>
/// <param name="Id">Graph's object id.</param>
/// <param name="Listed">The digest, name and mail in the list; null for a guest who is missing there.</param>
public sealed record GuestDifference(string Id, (string Digest, string? Name, string? Mail)? Listed);

/// <content>The comparison of the guests known with a list of them, read into the shadow table (reference/graph-delta.md 2.5).</content>
public sealed partial class AgentStore
{
    /// <summary>Null before the tenant was read for the first time.</summary>
    public DriftState? ReadDrift() => Read(ReadDrift);

    public void SaveDrift(DriftState state) => Write(connection => SaveDrift(connection, state));

    /// <summary>All guests on whom list and memory differ, but those who came or went so lately that the list may not know.</summary>
    public IReadOnlyList<GuestDifference> FindDifferences(DateTimeOffset settledBefore) => Read(connection => connection
        .Sql(
            $"""
            SELECT found.id, found.digest, found.name, found.mail
            FROM enumerated_guest AS found LEFT JOIN guest AS known ON known.id = found.id
            WHERE known.id IS NULL OR (known.state = 'Live' AND known.digest <> found.digest)
               OR (known.state = 'SoftDeleted' AND known.since <= $before)
            UNION ALL
            SELECT known.id, NULL, NULL, NULL {Vanished}
            """,
            ("$before", settledBefore))
        .Rows(row => new GuestDifference(row.GetString(0), row.IsDBNull(1) ? null : (row.GetString(1), row.OptionalText(2), row.OptionalText(3)))));

    /// <summary>
    /// The end of a comparison: what it found becomes guests and pending changes, in one transaction; the cursor stays. What Graph
    /// counts differently although nothing more was found is accepted from now on.
    /// </summary>
    public void FinishReconcile(DeltaRound findings, DateTimeOffset now) => Write(connection =>
    {
        ApplyToGuests(connection, findings);
        CommitChanges(connection, findings, "NULL"); // delta never told of them: they may be old
        Clear(connection);
        var before = ReadDrift(connection) ?? DriftState.ComparedAt(now);
        var offset = before is { Disagreements: > 0, Counted: { } counted } ? counted - CountLiveGuests(connection) : before.AcceptedOffset;
        SaveDrift(connection, DriftState.ComparedAt(now) with { AcceptedOffset = offset });
    });

    private static DriftState? ReadDrift(SqliteConnection connection) => connection
        .Sql("SELECT reconciled_at, counted_at, disagreements, counted, accepted_offset FROM drift")
        .Row(row => new DriftState(row.Time(0), row.Time(1))
        {
            Disagreements = row.GetInt32(2),
            Counted = row.IsDBNull(3) ? null : row.GetInt64(3),
            AcceptedOffset = row.GetInt64(4),
        });

    private static void SaveDrift(SqliteConnection connection, DriftState state) => connection.Run(
        """
        INSERT OR REPLACE INTO drift (id, reconciled_at, counted_at, disagreements, counted, accepted_offset)
        VALUES (1, $reconciled, $countedAt, $disagreements, $counted, $offset)
        """,
        ("$reconciled", state.ReconciledAt), ("$countedAt", state.CountedAt), ("$disagreements", state.Disagreements),
        ("$counted", state.Counted), ("$offset", state.AcceptedOffset));
}
