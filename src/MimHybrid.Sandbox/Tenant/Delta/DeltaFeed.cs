namespace MimHybrid.Sandbox.Tenant;

/// <summary>Cuts pages of users/delta out of the change log: what is told of whom (reference/graph-delta.md 1.3).</summary>
internal sealed class DeltaFeed(PageShape shape)
{
    /// <summary>Makes the page that a token asks for.</summary>
    /// <param name="log">The log, held still by the caller.</param>
    /// <param name="token">The round and the place in it.</param>
    /// <param name="minimal">Only changed properties, as <c>Prefer: return=minimal</c> asks.</param>
    public DeltaPage Page(ChangeLog log, DeltaToken token, bool minimal)
    {
        var limit = Limit(token.Page);
        var entries = new List<DeltaEntry>();
        foreach (var (position, id) in log.Walk(token.Since, token.Until, token.Position))
        {
            if (token.Ids.Count > 0 && !token.Ids.Contains(id, StringComparer.OrdinalIgnoreCase))
                continue;

            if (Tell(log, id, token, minimal) is not { } entry)
                continue;

            if (entries.Count == limit)
                return new DeltaPage(Arrange(entries, token.Page), position);

            entries.Add(entry);
        }

        return new DeltaPage(Arrange(entries, token.Page), Next: null);
    }

    private int Limit(int page)
    {
        if (shape.EmptyEvery > 1 && (page + 1) % shape.EmptyEvery == 0)
            return 0;

        return shape.Uneven && page % 2 == 1 ? Math.Max(1, shape.Size / 2) : shape.Size;
    }

    private List<DeltaEntry> Arrange(List<DeltaEntry> entries, int page)
    {
        if (shape.Repeated && entries is [var first, ..])
            entries.Add(first);

        if (shape.Shuffled)
            new Random(page).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries));

        return entries;
    }

    private DeltaEntry? Tell(ChangeLog log, string id, DeltaToken token, bool minimal)
    {
        var last = log.AsOf(id, token.Until)!;
        if (last.User.Presence is var presence and not UserPresence.Live)
        {
            var reason = presence is UserPresence.Purged ? "deleted" : "changed";
            return token.FirstRound && !shape.RemovedInFirstRound ? null : new DeltaEntry.Removed(id, reason);
        }

        IReadOnlyList<string> selected = token.Select is [] ? UserProperties.DefaultSelection : token.Select;
        var changes = ChangesSince(last, token.Since);
        if (token.FirstRound || LooksNew(changes))
            return new DeltaEntry.Present(last.User, selected);

        var changed = selected.Where(property => changes.Any(change => change.Changed.Contains(property))).ToList();
        return changed is [] ? null : new DeltaEntry.Present(last.User, minimal ? changed : selected);
    }

    /// <summary>The changes that the reader does not know, the last first.</summary>
    private static List<UserChange> ChangesSince(UserChange last, long since)
    {
        var changes = new List<UserChange>();
        for (var change = last; change is not null && change.Usn > since; change = change.Previous)
            changes.Add(change);

        return changes;
    }

    // A user that came, or was away and came back, looks new: restored users carry no mark of their own.
    private bool LooksNew(List<UserChange> changes) => changes.Any(change => change.Previous switch
    {
        null => true,
        { User.Presence: UserPresence.SoftDeleted } => !shape.SilentRestores,
        _ => false,
    });
}
