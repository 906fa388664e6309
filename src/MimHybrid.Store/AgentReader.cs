using Microsoft.Data.Sqlite;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store;

/// <summary>
/// The rows for whoever looks: <c>status</c>, <c>log</c>, <c>check</c>, a dry run, gauges, and the planner's snapshot. It cannot write;
/// opened in a process of its own it never migrates and makes no file.
/// </summary>
public sealed partial class AgentReader : IDisposable
{
    private readonly StoreFile file;

    internal AgentReader(StoreFile file) => this.file = file;

    public string Path => file.Path;

    /// <summary>
    /// Whether a data folder has a store, i.e. whether an agent ever ran on it.
    /// </summary>
    /// <exception cref="StoreException">This account may not look.</exception>
    public static bool Exists(string dataFolder) => IsThere(StoreAccess.PathIn(dataFolder));

    /// <summary>Whether a data folder had a store once, whatever became of it.</summary>
    /// <exception cref="StoreException">This account may not look.</exception>
    public static bool HadStore(string dataFolder) => IsThere(StoreAccess.MarkerIn(dataFolder));

    /// <summary>Opens the store in a data folder for reading.</summary>
    /// <exception cref="StoreException">There is no store, it cannot be read, or it is of another version.</exception>
    public static AgentReader Open(string dataFolder) => new(StoreFile.OpenForReading(dataFolder));

    /// <summary>As <see cref="Open"/>; null where no agent ever ran on the data folder.</summary>
    public static AgentReader? TryOpen(string dataFolder)
    {
        if (Exists(dataFolder)) return Open(dataFolder);
        return !HadStore(dataFolder) ? null : throw new StoreException(
            $"The data folder {dataFolder} had a store, and it is gone. "
            + "Restore agent.db from a backup; without one, the next start of the agent reads the whole tenant again.");
    }

    /// <summary>A look at a store of any version.</summary>
    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public static StoreState Inspect(string dataFolder)
    {
        var access = StoreAccess.Reading(dataFolder);
        try
        {
            using var connection = access.Connect();
            var version = Migrator.VersionOf(connection);
            return new StoreState(version, Migrator.KnownVersion, StoreDamage.Find(connection))
            {
                NotWritable = version == Migrator.KnownVersion ? StoreFile.WhyNotWritable(dataFolder) : null,
            };
        }
        catch (SqliteException e) when (StoreFaults.IsDamage(e))
        {
            return new StoreState(0, Migrator.KnownVersion, e.Message);
        }
        catch (SqliteException e)
        {
            throw StoreFaults.Explain(access.Path, e);
        }
    }

    /// <inheritdoc cref="StoreFile.Version"/>
    public long Version() => file.Version();

    /// <inheritdoc cref="StoreFile.NextCommit"/>
    public Task NextCommit => file.NextCommit;

    /// <summary>What the planner decides by.</summary>
    /// <param name="bootedAt">When the operating system started, UTC.</param>
    public AgentSnapshot ReadSnapshot(DateTimeOffset bootedAt) => file.Read(connection => SnapshotSql.Read(connection, bootedAt));

    /// <summary>Reads one cycle after the other, oldest first, each whole: a log of years is never in memory at once.</summary>
    /// <param name="query">Which.</param>
    /// <param name="most">At most so many causes of each: a first baseline has as many as the tenant has guests.</param>
    public IEnumerable<CycleRecord> ReadLog(RunLogQuery query, int most = int.MaxValue)
    {
        foreach (var id in file.Read(connection => RunLogSql.Find(connection, query)))
            if (ReadCycleOrWhyNot(id, most) is { } cycle)
                yield return cycle;
    }

    /// <summary>A row that is not as this program wrote it hides no other: it is shown as one that cannot be read.</summary>
    private CycleRecord? ReadCycleOrWhyNot(long id, int most)
    {
        try
        {
            return ReadCycle(id, most);
        }
        catch (StoreException e) when (StoreFaults.IsOfARow(e))
        {
            return CycleRecord.Unreadable(id, e.InnerException!.Message);
        }
    }

    /// <inheritdoc cref="ReadLog"/>
    public CycleRecord? ReadCycle(long id, int most = int.MaxValue) => file.Read(connection => RunLogSql.ReadCycle(connection, id, most));

    /// <summary>A cycle whose row says that it runs, as one that nobody runs any more; null where it has ended.</summary>
    public CutOffCycle? ReadRunning(long id) => file.Read(CycleSql.ReadRunning).Find(cycle => cycle.Id == id);

    public CycleRecord? ReadLastCycle() => ReadLog(new RunLogQuery { Last = 1 }).FirstOrDefault();

    /// <summary>
    /// A cycle without its causes: cheap enough to be asked several times a second, even if fifty thousand guests are the cause.
    /// </summary>
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

    /// <summary>The baseline in progress, or null.</summary>
    public Baseline? ReadBaseline() => file.Read(BaselineSql.Read);

    public PollHealth? ReadPollHealth() => file.Read(PollSql.Read);

    public CredentialNote? ReadCredential() => file.Read(PollSql.ReadCredential);

    /// <summary>Guest changes that the settings leave out, by reason.</summary>
    public IReadOnlyList<IgnoredChanges> ReadIgnored() => file.Read(connection => connection
        .Sql("SELECT reason, count, last_at FROM ignored_change ORDER BY reason")
        .Rows(row => new IgnoredChanges(row.Name<IgnoredBecause>(0), row.GetInt64(1), row.Time(2))));

    /// <summary>The planner's last word, as the running agent wrote it down.</summary>
    public RecordedDecision? ReadDecision() => file.Read(AgentSql.ReadDecision);

    /// <summary>What connected directories refuse, by management agent; with a count of 0 where it is over.</summary>
    public IReadOnlyList<RefusedExports> ReadRefused() => file.Read(RefusalSql.ReadAll);

    /// <inheritdoc cref="ArrivalSql.CountMissing"/>
    public long CountMissingGuests() => file.Read(ArrivalSql.CountMissing);

    /// <summary>
    /// When a cycle last ended well in which no directory refused an account; null before the first. The timers count otherwise: trying
    /// again sooner would mend no refusal.
    /// </summary>
    public DateTimeOffset? ReadLastGoodWithoutRefusals() => file.Read(CycleSql.ReadLastWithoutRefusals);

    /// <summary>The signs of life of the loops that the process which holds the folder runs; a single round has not both.</summary>
    public IReadOnlyList<Heartbeat> ReadHeartbeats() => file.Read(HeartbeatSql.Read);

    /// <summary>The last time that a store was put aside here; null where none ever was.</summary>
    public Rescue? ReadRescue() => file.Read(RescueSql.ReadLast);

    public Holder? ReadHolder() => file.Read(AgentSql.ReadHolder);

    /// <summary>Whose guests these are; null before the first start.</summary>
    public string? ReadClaim() => file.Read(AgentSql.ReadClaim);

    public void Dispose() => file.Dispose();

    private static bool IsThere(string path)
    {
        try
        {
            return StoreAccess.IsThere(path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw StoreException.MayNotRead(path, e);
        }
    }
}
