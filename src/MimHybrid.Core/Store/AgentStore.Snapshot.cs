using Microsoft.Data.Sqlite;
using MimHybrid.Core.Changes;
using MimHybrid.Core.Planning;

namespace MimHybrid.Core.Store;

/// <content>What the planner reads, all in one transaction.</content>
public sealed partial class AgentStore
{
    private const string LastGood =
        "(SELECT coalesce(max(id), 0) FROM cycle WHERE outcome IN ('Succeeded', 'SucceededWithFindings'))";

    public AgentSnapshot ReadSnapshot(DateTimeOffset bootedAt) => Read(connection => new AgentSnapshot
    {
        BootedAt = bootedAt,
        Pending = ReadPending(connection),
        Guests = CountLiveGuests(connection),
        Forced = ReadForced(connection),
        Failures = ReadFailures(connection),
        HeldStaged = ReadHeldStaged(connection),
        HeldExport = ReadHeldExport(connection),
        LastSuccess = ReadLastSuccess(connection),
    });

    /// <summary>The oldest changes that no cycle has carried.</summary>
    public IReadOnlyList<GuestChange> ReadPendingChanges(int most) => Read(connection => connection
        .Sql("SELECT guest_id, kind, name, mail, detected_at FROM change WHERE carried_by IS NULL AND wakes ORDER BY seq LIMIT $most", ("$most", most))
        .Rows(ReadChange));

    public long CountLiveGuests() => Read(CountLiveGuests);

    private static long CountLiveGuests(SqliteConnection connection) => connection.Number("SELECT count(*) FROM guest WHERE state = 'Live'");

    private static PendingChanges ReadPending(SqliteConnection connection)
    {
        var kinds = connection
            .Sql("SELECT kind, count(*), min(detected_at), max(detected_at) FROM change WHERE carried_by IS NULL AND wakes GROUP BY kind")
            .Rows(row => (Kind: row.Name<ChangeKind>(0), Count: row.GetInt64(1), Oldest: row.Time(2), Newest: row.Time(3)));

        // Removals that start nothing are in here too: an import carries them whatever started it.
        var unapproved = connection.Number(
            $"""
            SELECT count(*) FROM change
            WHERE carried_by IS NULL AND {IsRemoval} AND seq > (SELECT coalesce(max(through_change), 0) FROM removal_approval)
            """);
        if (kinds.Count == 0) return PendingChanges.None with { UnapprovedRemovals = unapproved };
        return new PendingChanges(kinds.ToDictionary(kind => kind.Kind, kind => kind.Count), unapproved, kinds.Min(kind => kind.Oldest), kinds.Max(kind => kind.Newest));
    }

    private static ForcedRequest? ReadForced(SqliteConnection connection) => connection
        .Sql("SELECT id, sequence, requested_by, requested_at, past_window FROM forced_request WHERE cycle_id IS NULL AND withdrawn_at IS NULL ORDER BY past_window DESC, id LIMIT 1")
        .Row(row => new ForcedRequest(row.GetInt64(0), row.OptionalText(1), row.GetString(2), row.Time(3), row.GetBoolean(4)));

    /// <summary>Cycles that our own shutdown, a crash or the removal guard ended say nothing about the sync server and do not count.</summary>
    private static FailureStreak? ReadFailures(SqliteConnection connection) => connection
        .Sql(
            $"""
            SELECT count(*) OVER (), id, ended_at, failure, needs_person FROM cycle
            WHERE id > {LastGood} AND outcome IN ('Failed', 'Stopped') AND failure IS NOT NULL AND held_deletes IS NULL AND held_staged IS NULL
            ORDER BY id DESC LIMIT 1
            """)
        .Row(row => new FailureStreak(row.GetInt32(0), row.GetInt64(1), row.Time(2), row.GetString(3), row.GetBoolean(4)));

    private static HeldDeletes? ReadHeldExport(SqliteConnection connection) => ReadHeld(connection, "held_deletes", "export_deletes");

    private static HeldDeletes? ReadHeldStaged(SqliteConnection connection) => ReadHeld(connection, "held_staged", "staged_deletes");

    private static HeldDeletes? ReadHeld(SqliteConnection connection, string held, string approved) => connection
        .Sql(
            $"""
            SELECT id, {held} FROM cycle
            WHERE id > {LastGood} AND {held} > (SELECT coalesce(max({approved}), 0) FROM removal_approval WHERE after_cycle >= cycle.id)
            ORDER BY id DESC LIMIT 1
            """)
        .Row(row => new HeldDeletes(row.GetInt64(0), row.GetInt64(1)));

    /// <summary>The last by number, not by time: after a clock was set back, a time in the future would stay the latest until it is reached.</summary>
    private static Dictionary<string, DateTimeOffset> ReadLastSuccess(SqliteConnection connection) => connection
        .Sql("SELECT sequence, ended_at FROM cycle WHERE id IN (SELECT max(id) FROM cycle WHERE outcome IN ('Succeeded', 'SucceededWithFindings') GROUP BY sequence)")
        .Rows(row => (Sequence: row.GetString(0), At: row.Time(1)))
        .ToDictionary(success => success.Sequence, success => success.At, StringComparer.OrdinalIgnoreCase);
}
