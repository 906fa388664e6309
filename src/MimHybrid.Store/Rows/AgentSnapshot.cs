namespace MimHybrid.Store.Rows;

/// <summary>The rows that the planner looks at, read in one transaction, and the start of the operating system.</summary>
public sealed record AgentSnapshot
{
    public required DateTimeOffset BootedAt { get; init; }

    public PendingChanges Pending { get; init; } = PendingChanges.None;

    /// <summary>Live guests known.</summary>
    public long Guests { get; init; }

    /// <summary>The oldest forced request that is still open.</summary>
    public ForcedRequest? Forced { get; init; }

    /// <summary>The failures of each sequence since it last ended well; sequences without any are left out.</summary>
    public IReadOnlyDictionary<string, FailureStreak> Failures { get; init; } = new Dictionary<string, FailureStreak>();

    /// <summary>A person stopped the last cycle's run; null when the last cycle ended otherwise.</summary>
    public PersonsStop? PersonsStop { get; init; }

    /// <summary>
    /// Deletions that imports had staged and that a cycle did not let into a synchronization; null when none, or once approved.
    /// </summary>
    public HeldDeletes? HeldStaged { get; init; }

    /// <summary>Deletions that a cycle found waiting for export and did not let pass; null when none, or once approved.</summary>
    public HeldDeletes? HeldExport { get; init; }

    /// <summary>When each sequence last ended well.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastSuccess { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>When each sequence last ended well with no step left out, among the newest cycles.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastWhole { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>When Graph, or the sync server, last answered again after it had not; null when neither was away.</summary>
    public DateTimeOffset? OutageEndedAt { get; init; }

    /// <summary>The two newest comparisons of the guests that MIM had connected with those known, newest first.</summary>
    public IReadOnlyList<GuestTotals> NewestTotals { get; init; } = [];

    /// <summary>The comparison at the end of each sequence's last good cycle; sequences whose last cycle made none are left out.</summary>
    public IReadOnlyDictionary<string, GuestTotals> LastTotals { get; init; } = new Dictionary<string, GuestTotals>();

    /// <summary>
    /// When the last cycle that each function started ended, however it did; functions that started none of the newest are left out.
    /// </summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastEnded { get; init; } = new Dictionary<string, DateTimeOffset>();
}

/// <summary>The changes that no successful cycle has carried yet.</summary>
/// <param name="Counts">How many of each kind; kinds without any are left out.</param>
/// <param name="UnapprovedRemovals">Removals among them that nobody approved.</param>
/// <param name="Oldest">When the oldest was detected.</param>
/// <param name="Newest">When the newest was detected.</param>
/// <param name="OldestArrival">When the oldest of the guests who came was detected; null when none did.</param>
public sealed record PendingChanges(
    IReadOnlyDictionary<ChangeKind, long> Counts,
    long UnapprovedRemovals,
    DateTimeOffset Oldest,
    DateTimeOffset Newest,
    DateTimeOffset? OldestArrival)
{
    public static readonly PendingChanges None = new(new Dictionary<ChangeKind, long>(), 0, default, default, null);

    public long Count => Counts.Values.Sum();

    /// <summary>Whether somebody waits for them: a guest who came, or whoever approved removals.</summary>
    public bool AreAwaited => OldestArrival is not null || HasApprovedRemovals;

    public bool HasApprovedRemovals => Counts.GetValueOrDefault(ChangeKind.Removed) > UnapprovedRemovals;

    /// <summary>For people: "3 guest changes (2 added, 1 removed)".</summary>
    public override string ToString() => Count switch
    {
        0 => "no guest changes",
        1 => $"1 guest change ({Kinds()})",
        _ => $"{Count} guest changes ({Kinds()})",
    };

    private string Kinds() =>
        string.Join(", ", Counts.OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key.ToString().ToLowerInvariant()}"));
}

/// <summary>The failures of a sequence since it last ended well.</summary>
/// <param name="Count">How many in a row, at least one.</param>
/// <param name="LastCycle">The last one; its number also seeds the jitter, so that every process sees the same wait.</param>
/// <param name="LastEndedAt">When it ended.</param>
/// <param name="Why">What failed, for people.</param>
/// <param name="NeedsPerson">Whether waiting alone will not mend it.</param>
public sealed record FailureStreak(int Count, long LastCycle, DateTimeOffset LastEndedAt, string Why, bool NeedsPerson);

/// <summary>Somebody stopped a run of the agent's, in Synchronization Service Manager or through WMI.</summary>
/// <param name="Cycle">The cycle that ended with it.</param>
/// <param name="At">When it ended.</param>
public sealed record PersonsStop(long Cycle, DateTimeOffset At);

/// <summary>Deletions on a management agent that are more than the removal guard allows, and the cycle that found them.</summary>
public sealed record HeldDeletes(long Cycle, string ManagementAgent, long Deletes)
{
    /// <summary>For people, who want to see each of them; without a full stop.</summary>
    /// <param name="scope">Which of the connector space's lists they are in.</param>
    public string WhereToSee(string scope) => $"To see them: Synchronization Service Manager, Management Agents, {ManagementAgent}, "
        + $"Search Connector Space, scope {scope}, Delete";
}
