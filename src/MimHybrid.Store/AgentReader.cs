using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store;

/// <summary>
/// The rows for whoever looks: <c>status</c>, <c>log</c>, <c>check</c>, a dry run, gauges, and the planner's snapshot. It cannot write; opened in a
/// process of its own it never migrates and makes no file.
/// </summary>
public sealed class AgentReader : IDisposable
{
    private readonly StoreFile file;

    internal AgentReader(StoreFile file) => this.file = file;

    public string Path => file.Path;

    /// <summary>Whether a data folder has a store, i.e. whether an agent ever ran on it.</summary>
    public static bool Exists(string dataFolder) => File.Exists(StoreAccess.PathIn(dataFolder));

    /// <summary>Opens the store in a data folder for reading.</summary>
    /// <exception cref="StoreException">There is no store, it cannot be read, or it is of another version.</exception>
    public static AgentReader Open(string dataFolder) => new(StoreFile.OpenForReading(dataFolder));

    /// <summary>As <see cref="Open"/>; null where no agent ever ran on the data folder.</summary>
    public static AgentReader? TryOpen(string dataFolder) => Exists(dataFolder) ? Open(dataFolder) : null;

    /// <summary>A look at a store of any version.</summary>
    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public static StoreState Inspect(string dataFolder)
    {
        var access = StoreAccess.Reading(dataFolder);
        try
        {
            using var connection = access.Connect();
            var version = Migrator.VersionOf(connection);
            using var check = connection.Sql("PRAGMA quick_check(1)");
            return new StoreState(version, Migrator.KnownVersion, check.ExecuteScalar() is "ok" ? null : "the file is damaged");
        }
        catch (SqliteException e) when (StoreFaults.IsDamage(e))
        {
            return new StoreState(0, Migrator.KnownVersion, e.Message);
        }
        catch (SqliteException e)
        {
            throw new StoreException($"The store {access.Path} cannot be opened: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="StoreFile.Version"/>
    public long Version() => file.Version();

    /// <summary>What the planner decides by.</summary>
    /// <param name="bootedAt">When the operating system started, UTC.</param>
    public AgentSnapshot ReadSnapshot(DateTimeOffset bootedAt) => file.Read(connection => SnapshotSql.Read(connection, bootedAt));

    /// <summary>Reads one cycle after the other, oldest first, each whole: a log of years is never in memory at once.</summary>
    public IEnumerable<CycleRecord> ReadLog(RunLogQuery query)
    {
        foreach (var id in file.Read(connection => RunLogSql.Find(connection, query)))
            if (ReadCycle(id) is { } cycle)
                yield return cycle;
    }

    public CycleRecord? ReadCycle(long id) => file.Read(connection => RunLogSql.ReadCycle(connection, id));

    public CycleRecord? ReadLastCycle() => ReadLog(new RunLogQuery { Last = 1 }).FirstOrDefault();

    /// <summary>A cycle without its causes: cheap enough to be asked several times a second, even if fifty thousand guests are the cause.</summary>
    public CycleRecord? ReadProgress(long cycle) => file.Read(connection => RunLogSql.ReadHead(connection, cycle));

    /// <summary>As <see cref="ReadProgress(long)"/>, of the newest cycle.</summary>
    public CycleRecord? ReadProgress() => file.Read(RunLogSql.ReadNewestHead);

    /// <summary>The oldest changes that no cycle has carried.</summary>
    public IReadOnlyList<GuestChange> ReadPendingChanges(int most) => file.Read(connection => connection
        .Sql($"SELECT {ChangeSql.Columns} FROM change WHERE carried_by IS NULL AND wakes ORDER BY seq LIMIT $most", ("$most", most))
        .Rows(ChangeSql.Read));

    /// <summary>What an approval given now would let pass; null when nothing is held or pending.</summary>
    /// <param name="most">At most so many of the guests are named, the oldest removals first.</param>
    public HeldRemovals? ReadHeldRemovals(int most) => file.Read(connection => ApprovalSql.ReadHeldRemovals(connection, most));

    public long CountLiveGuests() => file.Read(GuestSql.CountLive);

    /// <summary>When the cursor was obtained, UTC; null while there is none. Its link is nobody's business who looks.</summary>
    public DateTimeOffset? ReadCursorTime() => file.Read(CursorSql.Read)?.ObtainedAt;

    /// <summary>Who asked last for a new reading of the tenant that has not begun; null while nobody waits for one.</summary>
    public string? ReadResyncAsker() => file.Read(CursorSql.ReadResyncAsker);

    /// <summary>The enumeration in progress, or null.</summary>
    public Enumeration? ReadEnumeration() => file.Read(EnumerationSql.Read);

    public PollHealth? ReadPollHealth() => file.Read(PollSql.Read);

    public CredentialNote? ReadCredential() => file.Read(PollSql.ReadCredential);

    /// <summary>Guest changes that the settings leave out, by reason.</summary>
    public IReadOnlyList<IgnoredChanges> ReadIgnored() => file.Read(connection => connection
        .Sql("SELECT reason, count, last_at FROM ignored_change ORDER BY reason")
        .Rows(row => new IgnoredChanges(row.Name<IgnoredBecause>(0), row.GetInt64(1), row.Time(2))));

    /// <summary>The planner's last word, as the running agent wrote it down.</summary>
    public RecordedDecision? ReadDecision() => file.Read(AgentSql.ReadDecision);

    public Holder? ReadHolder() => file.Read(AgentSql.ReadHolder);

    /// <summary>Whose guests these are; null before the first start.</summary>
    public string? ReadClaim() => file.Read(AgentSql.ReadClaim);

    public void Dispose() => file.Dispose();
}
