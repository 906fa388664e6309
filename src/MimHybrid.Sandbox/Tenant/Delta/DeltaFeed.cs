namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// Cuts pages of users/delta out of the change log: what is told of whom (MimHybrid.Graph/README.md#how-a-user-appears-on-a-page).
/// </summary>
internal sealed class DeltaFeed(PageShape shape)
{
    /// <summary>Makes the page that a token asks for.</summary>
    /// <param name="log">The log, held still by the caller.</param>
    /// <param name="token">The round and the place in it.</param>
    /// <param name="reader">Who reads: in which form, and whether it is spared contradictions.</param>
    public SandboxDeltaPage Page(ChangeLog log, DeltaToken token, DeltaReader reader)
    {
        var limit = Limit(token.Page);
        var entries = new List<SandboxDeltaEntry>();
        foreach (var (position, id) in log.Walk(token.Since, token.Until, token.Position))
        {
            if (token.Ids.Count > 0 && !token.Ids.Contains(id, StringComparer.OrdinalIgnoreCase))
                continue;

            if (Tell(log, id, token, reader.Minimal) is not { } entry)
                continue;

            if (entries.Count == limit)
                return new SandboxDeltaPage(Arrange(entries, Before(log, entries, token, reader), token.Page), position);

            entries.Add(entry);
        }

        return new SandboxDeltaPage(Arrange(entries, Before(log, entries, token, reader), token.Page), Next: null);
    }

    private int Limit(int page)
    {
        if (shape.EmptyEvery > 1 && (page + 1) % shape.EmptyEvery == 0)
            return 0;

        return shape.Uneven && page % 2 == 1 ? Math.Max(1, shape.Size / 2) : shape.Size;
    }

    private List<SandboxDeltaEntry> Arrange(List<SandboxDeltaEntry> entries, SandboxDeltaEntry? contradiction, int page)
    {
        if (shape.Repeated && entries is [var first, ..])
            entries.Add(first);

        if (contradiction is not null)
            entries.Add(contradiction);

        if (shape.Shuffled)
            new Random(page).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries));

        return entries;
    }

    /// <summary>What a replica that has not seen the last change would tell of the page's first user.</summary>
    private SandboxDeltaEntry? Before(ChangeLog log, List<SandboxDeltaEntry> entries, DeltaToken token, DeltaReader reader)
    {
        if (!shape.Contradicted || reader.IsSpared || entries is not [var first, ..])
            return null;

        return log.AsOf(first.Id, token.Until) is { Previous.User: { Presence: UserPresence.Live } before }
            ? new SandboxDeltaEntry.Present(before, SelectedBy(token))
            : new SandboxDeltaEntry.Removed(first.Id, "changed");
    }

    private static IReadOnlyList<string> SelectedBy(DeltaToken token) =>
        token.Select is [] ? UserProperties.DefaultSelection : token.Select;

    private SandboxDeltaEntry? Tell(ChangeLog log, string id, DeltaToken token, bool minimal)
    {
        var last = log.AsOf(id, token.Until)!;
        if (last.User.Presence is var presence and not UserPresence.Live)
        {
            var reason = presence is UserPresence.Purged ? "deleted" : "changed";
            return token.FirstRound && !shape.RemovedInFirstRound ? null : new SandboxDeltaEntry.Removed(id, reason);
        }

        var selected = SelectedBy(token);
        var changes = ChangesSince(last, token.Since);
        if (token.FirstRound || LooksNew(changes))
            return new SandboxDeltaEntry.Present(last.User, selected);

        var changed = selected.Where(property => changes.Any(change => change.Changed.Contains(property))).ToList();
        return changed is [] ? null : new SandboxDeltaEntry.Present(last.User, minimal ? changed : selected);
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
