namespace MimHybrid.Sandbox.Tenant;

/// <summary>One page of users and, if there is more, where the next begins.</summary>
internal sealed record UserPage(IReadOnlyList<TenantUser> Users, LogPosition? Next);

/// <summary>Reads users as a replica sees them that lags behind by <see cref="SandboxTenantOptions.ReadLag"/>.</summary>
internal sealed class UserList(TenantDirectory directory, SandboxTenantOptions options, TimeProvider time)
{
    /// <summary>One user, null if the replica has none such that is live.</summary>
    public TenantUser? FindLive(string id) =>
        directory.Read(log => log.AsOf(id, Horizon(log))?.User is { IsLive: true } user ? user : null);

    /// <summary>How many live users pass the filter. The members of a bulk load whom nobody touched are reckoned, not made.</summary>
    public int CountLive(UserFilter? filter) => directory.Read(log =>
    {
        var horizon = Horizon(log);
        var reckon = filter is null;
        var seen = log.Walk(since: 0, horizon, LogPosition.Start, onlyTouched: reckon || filter is { MayMatchMembers: false })
            .Count(found => log.AsOf(found.Id, horizon)!.User is { IsLive: true } user && filter?.Matches(user) != false);
        return seen + (reckon ? log.CountUntouched(horizon) : 0);
    });

    /// <summary>The users of one presence that pass the filter, from a place on, up to so many.</summary>
    public UserPage Page(UserPresence presence, UserFilter? filter, LogPosition from, int most) =>
        directory.Read(log =>
        {
            var horizon = Horizon(log);
            var users = new List<TenantUser>();
            var onlyTouched = presence is not UserPresence.Live || filter is { MayMatchMembers: false };
            foreach (var (position, id) in log.Walk(since: 0, horizon, from, onlyTouched))
            {
                var user = log.AsOf(id, horizon)!.User;
                if (user.Presence != presence || filter?.Matches(user) == false)
                    continue;

                if (users.Count == most)
                    return new UserPage(users, position);

                users.Add(user);
            }

            return new UserPage(users, Next: null);
        });

    private long Horizon(ChangeLog log) => log.HighestUsnAt(time.GetUtcNow() - options.ReadLag);
}
