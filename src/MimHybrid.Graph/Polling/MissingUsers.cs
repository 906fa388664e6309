namespace MimHybrid.Graph.Polling;

/// <summary>
/// Users whom a read by id did not find, although something else says that they are there. Such a user is deleted only when not found
/// again later: a replica that lags does not know the newest ones yet (reference/graph-delta.md 1.6, 2.2). A restart forgets, and costs
/// one more look.
/// </summary>
internal sealed class MissingUsers(TimeProvider time)
{
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, DateTimeOffset> firstMissed = new(StringComparer.Ordinal);

    /// <summary>Notes that a user was not found, and answers whether that is certain now.</summary>
    public bool IsCertain(string id)
    {
        var now = time.GetUtcNow();
        firstMissed.TryAdd(id, now);
        return now - firstMissed[id] >= Spacing;
    }

    public void Forget() => firstMissed.Clear();
}
