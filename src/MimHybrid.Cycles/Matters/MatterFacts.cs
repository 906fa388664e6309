using MimHybrid.Cycles.Settings;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Matters;

/// <summary>What was read at one moment, for the question what is open.</summary>
public sealed record MatterFacts
{
    public required DateTimeOffset Now { get; init; }

    public required AgentSnapshot Snapshot { get; init; }

    /// <summary>The process that holds the data folder; null when nobody does.</summary>
    public Holder? Holder { get; init; }

    /// <summary>What the agent does next, or would do; null where its settings do not say.</summary>
    public RecordedDecision? Next { get; init; }

    /// <summary>Why nobody can say what an agent would do: its settings are not valid.</summary>
    public IReadOnlyList<string> SettingsErrors { get; init; } = [];

    /// <summary>What the removal guard allows; null where the settings are not known.</summary>
    public RemovalGuardSettings? Guard { get; init; }

    /// <summary>The signs of life of a running agent's loops.</summary>
    public IReadOnlyList<Heartbeat> Beats { get; init; } = [];

    public CycleRecord? LastCycle { get; init; }

    /// <summary>The newest cycle of each sequence that keeps failing, without its causes.</summary>
    public IReadOnlyList<CycleRecord> Failed { get; init; } = [];

    /// <summary>The removals that nobody has approved, the first of them by name.</summary>
    public HeldRemovals? Removals { get; init; }

    /// <summary>The oldest guest changes that no cycle has carried.</summary>
    public IReadOnlyList<GuestChange> Pending { get; init; } = [];

    public IReadOnlyList<RefusedExports> Refused { get; init; } = [];

    /// <summary>The mail addresses of refused accounts, where the name leaves no doubt whose.</summary>
    public IReadOnlyDictionary<string, string> Mails { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<StepFinding> Findings { get; init; } = [];

    /// <summary>How far the tenant has been read as a whole, where that is under way.</summary>
    public Baseline? Reading { get; init; }

    /// <summary>Whether the tenant has been read as a whole before.</summary>
    public bool HasCursor { get; init; }

    public PollHealth? Polls { get; init; }

    public CredentialNote? Credential { get; init; }

    /// <summary>How long things may take; null where the settings are not known.</summary>
    public MatterLimits? Limits { get; init; }

    /// <summary>Bytes free on the disk of the data folder; null when nobody knows.</summary>
    public long? FreeSpace { get; init; }

    /// <summary>The step that runs, unless it began just now.</summary>
    public RunningStep? Running { get; init; }

    /// <summary>Runs of the last day that were not the agent's.</summary>
    public IReadOnlyList<OthersRuns> Others { get; init; } = [];

    /// <summary>The starts of agents that did not end as they were asked to, and of the one that runs.</summary>
    public IReadOnlyList<AgentStart> Starts { get; init; } = [];

    /// <summary>What the agent sends beside its work and could not the last time.</summary>
    public IReadOnlyList<Undelivered> Undelivered { get; init; } = [];

    /// <summary>Channels of the settings over which messages were given up.</summary>
    public IReadOnlyList<DeadChannel> DeadChannels { get; init; } = [];

    /// <summary>For readers who are not to know whom a matter is about.</summary>
    public bool NamesNobody { get; init; }

    /// <summary>How many guests or accounts a matter names; the rest is a number.</summary>
    public const int Named = 10;

    /// <summary>A message that was lost before is of no interest any more.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(14);

    /// <summary>As the store has them; who looks adds what only they know: the time, the holder, the settings.</summary>
    /// <param name="store">The store.</param>
    /// <param name="snapshot">What was read of it already.</param>
    /// <param name="now">When, UTC.</param>
    public static MatterFacts Read(AgentReader store, AgentSnapshot snapshot, DateTimeOffset now)
    {
        var refused = store.ReadRefused();
        return new MatterFacts
        {
            Now = now,
            Snapshot = snapshot,
            LastCycle = store.ReadProgress(),
            Failed = [.. snapshot.Failures.Values.Select(failed => store.ReadProgress(failed.LastCycle)).OfType<CycleRecord>()],
            Removals = store.ReadHeldRemovals(Named),
            Pending = store.ReadPendingChanges(Named),
            Refused = refused,
            Mails = ReadMails(store, refused),
            Findings = store.ReadOpenFindings(),
            Reading = store.ReadBaseline(),
            HasCursor = store.ReadCursorTime() is not null,
            Polls = store.ReadPollHealth(),
            Credential = store.ReadCredential(),
            Running = store.ReadRunningStep(now - TimeSpan.FromMinutes(1)),
            Others = store.ReadOthersRuns(now - OthersMatters.Lately),
            Starts = store.ReadStarts(),
            Undelivered = store.ReadUndelivered(),
            DeadChannels = store.ReadDeadChannels(now - LongAgo),
        };
    }

    /// <summary>The same judged by the settings: how long things may take, and which channels there are.</summary>
    public MatterFacts With(MatterLimits limits) => this with
    {
        Limits = limits,
        Guard = limits.Agent.RemovalGuard,
        DeadChannels = [.. DeadChannels.Where(dead => limits.Channels.Contains(dead.Channel, StringComparer.OrdinalIgnoreCase))],
    };

    /// <summary>A directory knows an account by its name; people know a guest by the address.</summary>
    private static Dictionary<string, string> ReadMails(AgentReader store, IReadOnlyList<RefusedExports> refused)
    {
        var mails = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in refused.SelectMany(each => each.Accounts.Take(Named)).Select(account => account.Name).Distinct())
            if (store.ReadGuestsNamed(name) is [{ Mail: { } mail }]) mails[name] = mail;
        return mails;
    }
}
