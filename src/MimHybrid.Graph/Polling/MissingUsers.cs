namespace MimHybrid.Graph.Polling;

/// <summary>
/// Users whom a read by id did not find, although something else says that they are there. Such a user counts as deleted only when not
/// found again later: a replica that lags does not know the newest ones yet (README.md#replicas-lag). A restart forgets this, which costs
/// one more read.
/// </summary>
internal sealed class MissingUsers(TimeProvider time)
{
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, DateTimeOffset> firstMissed = new(StringComparer.Ordinal);

    /// <summary>Notes that a user was not found, and returns whether that is certain now.</summary>
    public bool IsCertain(string id)
    {
        var now = time.GetUtcNow();
        firstMissed.TryAdd(id, now);
        return now - firstMissed[id] >= Spacing;
    }

    public void Forget() => firstMissed.Clear();
}
