namespace MimHybrid.Sandbox.Tenant;

/// <summary>Reads users as a replica sees them that lags behind by <see cref="SandboxTenantOptions.ReadLag"/>.</summary>
internal sealed class UserList(TenantDirectory directory, SandboxTenantOptions options, TimeProvider time)
{
    /// <summary>One user, null if the replica has none such that is live.</summary>
    public TenantUser? FindLive(string id) => directory.Read(log => log.AsOf(id, Horizon(log))?.User is { IsLive: true } user ? user : null);

    public int Count(UserPresence presence, UserFilter? filter) => Page(presence, filter, LogPosition.Start, int.MaxValue).Users.Count;

    /// <summary>One page and, if there is more, where the next begins.</summary>
    public (IReadOnlyList<TenantUser> Users, LogPosition? Next) Page(UserPresence presence, UserFilter? filter, LogPosition from, int most) =>
        directory.Read<(IReadOnlyList<TenantUser>, LogPosition?)>(log =>
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
                    return (users, position);

                users.Add(user);
            }

            return (users, null);
        });

    private long Horizon(ChangeLog log) => log.HighestUsnAt(time.GetUtcNow() - options.ReadLag);
}
