using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store;

/// <summary>
/// Everything the agent must not forget, in one SQLite file. The process that runs the agent opens it, migrates it and hands each part of
/// the program the rows that are its business: nobody but the composition has the whole.
/// </summary>
/// <remarks>There is no interface, because there is no second implementation: production and tests both run on SQLite.</remarks>
public sealed class AgentStore : IDisposable
{
    private readonly StoreFile file;

    private AgentStore(StoreFile file, IReadOnlyCollection<ChangeKind> chosen)
    {
        this.file = file;
        Guests = new GuestStore(file, chosen);
        Cycles = new CycleStore(file);
        Requests = new RequestStore(file);
        Alerts = new AlertStore(file);
        Reader = new AgentReader(file);
    }

    public GuestStore Guests { get; }

    public CycleStore Cycles { get; }

    public RequestStore Requests { get; }

    public AlertStore Alerts { get; }

    public AgentReader Reader { get; }

    public string Path => file.Path;

    /// <inheritdoc cref="StoreFile.Committing"/>
    internal Action? Committing
    {
        get => file.Committing;
        set => file.Committing = value;
    }

    /// <summary>Opens the store in a data folder, making the folder and the file where they are missing, and migrates it.</summary>
    /// <param name="dataFolder">The data folder; one process at a time may run an agent on it.</param>
    /// <param name="chosen">The kinds of change that start a cycle (the setting <c>On</c>); null for all.</param>
    /// <param name="time">Gives a damaged file, which is put aside, the date in its name.</param>
    /// <param name="migrating">Hears of each step that brings an older store to this version.</param>
    /// <exception cref="StoreException">The folder cannot be written, or a newer version wrote the file.</exception>
    public static AgentStore Open(
        string dataFolder, IReadOnlyCollection<ChangeKind>? chosen = null, TimeProvider? time = null,
        IProgress<StoreMigration>? migrating = null) =>
        new(StoreFile.OpenForAgent(dataFolder, time ?? TimeProvider.System, migrating), chosen ?? Enum.GetValues<ChangeKind>());

    /// <inheritdoc cref="StoreFile.Loss"/>
    public StoreLoss? Loss => file.Loss;

    /// <summary>Writes down whose guests these are, once; returns what was written down first.</summary>
    public string ClaimFor(string tenant) => file.Write(connection => AgentSql.Claim(connection, tenant));

    /// <summary>Writes down which process runs the agent now. Signs of life are its own from here on.</summary>
    public void RecordHolder(Holder holder) => file.Write(connection =>
    {
        AgentSql.RecordHolder(connection, holder);
        HeartbeatSql.Forget(connection);
    });

    /// <summary>Notes the start of an agent that runs on and on. What it returns, <see cref="ForgetStart"/> takes.</summary>
    public long RecordStart(DateTimeOffset now) => file.Write(connection => TroubleSql.AddStart(connection, now));

    /// <summary>It ended as it was asked to: no start of it is to be seen.</summary>
    public void ForgetStart(long start) => file.Write(connection => TroubleSql.ForgetStart(connection, start));

    public void Dispose() => file.Dispose();
}
