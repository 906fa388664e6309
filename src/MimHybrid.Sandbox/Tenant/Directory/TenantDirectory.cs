namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// The tenant's users and everything that ever happened to them. Thread-safe. A method that names a user who is not there
/// answers null or false and changes nothing.
/// </summary>
public sealed class TenantDirectory
{
    private readonly Lock gate = new();

    // Who got an address last. Whether that user still has it, the log says.
    private readonly Dictionary<string, string> idByMail = new(StringComparer.OrdinalIgnoreCase);
    private readonly TenantJournal journal;
    private readonly CompactionRule forgetting;
    private readonly TimeProvider time;
    private ChangeLog log = new();
    private int sinceCompaction;

    internal TenantDirectory(TenantJournal journal, CompactionRule forgetting, TimeProvider time)
    {
        (this.journal, this.forgetting, this.time) = (journal, forgetting, time);
        foreach (var line in journal.Replayed)
            Apply(line);

        sinceCompaction = journal.Replayed.Count;
        journal.Forget();
        CompactIfDue();
    }

    /// <summary>How many changes there have been; 0 is a tenant that nobody has filled yet.</summary>
    public long HighestUsn => Read(log => log.HighestUsn);

    /// <summary>All live users, oldest first. Makes each member of a bulk load: for small tenants.</summary>
    public IReadOnlyList<TenantUser> Users => Read(log => List(log, user => user.IsLive));

    /// <summary>The live guests, oldest first.</summary>
    public IReadOnlyList<TenantUser> Guests => Read(log => List(log, user => user is { IsLive: true, IsGuest: true }, onlyTouched: true));

    /// <summary>The soft-deleted users, oldest first.</summary>
    public IReadOnlyList<TenantUser> DeletedItems =>
        Read(log => List(log, user => user.Presence is UserPresence.SoftDeleted, onlyTouched: true));

    /// <summary>Finds a user, live or soft-deleted.</summary>
    public TenantUser? Find(string id) => Read(log => log.Latest(id)?.User is { Presence: not UserPresence.Purged } user ? user : null);

    /// <summary>Invites a guest. An invitation to a mail address that a live user has returns that user, as Graph does.</summary>
    /// <param name="displayName">The guest's display name.</param>
    /// <param name="mail">The guest's address at home; the user principal name is made of it.</param>
    /// <param name="more">Further values, by Graph's property names.</param>
    public TenantUser Invite(string displayName, string mail, IReadOnlyDictionary<string, string?>? more = null)
    {
        lock (gate)
        {
            return idByMail.TryGetValue(mail, out var id) && log.Latest(id)?.User is { IsLive: true } known && IsMailOf(known, mail)
                ? known
                : Create(NewUser.Guest(displayName, mail, time.GetUtcNow()), more);
        }
    }

    /// <summary>Adds a member of the organization.</summary>
    public TenantUser AddMember(string displayName, string mail, IReadOnlyDictionary<string, string?>? more = null)
    {
        lock (gate)
            return Create(NewUser.Member(displayName, mail, time.GetUtcNow()), more);
    }

    /// <summary>Adds any number of members in one entry; they are made only when somebody reads them.</summary>
    public void AddMembers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        lock (gate)
            Commit(new JournalLine { Members = count });
    }

    /// <summary>Sets properties of a live user; null clears. Values that are already so are no change.</summary>
    /// <exception cref="ArgumentException">A name is not a property of a user.</exception>
    public TenantUser? Update(string id, IReadOnlyDictionary<string, string?> values)
    {
        var named = values.Select(pair => (Name: NameOf(pair.Key), pair.Value)).ToList();
        lock (gate)
        {
            if (log.Latest(id)?.User is not { IsLive: true } user)
                return null;

            var changes = named.Where(pair => user[pair.Name] != pair.Value)
                .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
            return changes.Count == 0 ? user : Change(user, UserPresence.Live, changes);
        }
    }

    /// <summary>Sets one property of a live user; null clears.</summary>
    public TenantUser? Update(string id, string property, string? value) =>
        Update(id, new Dictionary<string, string?> { [property] = value });

    /// <summary>Turns a guest into a member or the other way round.</summary>
    public TenantUser? ConvertTo(string id, string? userType) => Update(id, UserProperties.UserType, userType);

    /// <summary>Moves a live user to the deleted items.</summary>
    public bool Delete(string id) => Move(id, UserPresence.Live, UserPresence.SoftDeleted, NewUser.Text(time.GetUtcNow()));

    /// <summary>Takes a user back from the deleted items.</summary>
    public bool Restore(string id) => Move(id, UserPresence.SoftDeleted, UserPresence.Live, deletedAt: null);

    /// <summary>Deletes a user of the deleted items for good.</summary>
    public bool Purge(string id) => Move(id, UserPresence.SoftDeleted, UserPresence.Purged, deletedAt: null);

    /// <summary>Reads the log while nothing else does anything to it.</summary>
    internal T Read<T>(Func<ChangeLog, T> read)
    {
        lock (gate)
            return read(log);
    }

    private static List<TenantUser> List(ChangeLog log, Func<TenantUser, bool> wanted, bool onlyTouched = false) =>
        [.. log.Walk(since: 0, log.HighestUsn, LogPosition.Start, onlyTouched).Select(found => log.Latest(found.Id)!.User).Where(wanted)];

    private static bool IsMailOf(TenantUser user, string mail) => mail.Equals(user.Mail, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string property) =>
        UserProperties.TryFind(property, out var found) && found.Name != UserProperties.Id
            ? found.Name
            : throw new ArgumentException($"'{property}' is not a property of a user that can be set.", nameof(property));

    private bool Move(string id, UserPresence from, UserPresence to, string? deletedAt)
    {
        lock (gate)
        {
            if (log.Latest(id)?.User is not { } user || user.Presence != from)
                return false;

            Change(user, to, new Dictionary<string, string?> { [UserProperties.DeletedDateTime] = deletedAt });
            return true;
        }
    }

    private TenantUser Create(Dictionary<string, string?> values, IReadOnlyDictionary<string, string?>? more)
    {
        foreach (var (property, value) in more ?? new Dictionary<string, string?>())
            values[NameOf(property)] = value;

        return Change(TenantUser.Blank(Guid.NewGuid().ToString()), UserPresence.Live, values);
    }

    private TenantUser Change(TenantUser user, UserPresence presence, IReadOnlyDictionary<string, string?> changes)
    {
        Commit(new JournalLine { Id = user.Id, Presence = presence, Values = changes });
        return log.Latest(user.Id)!.User;
    }

    private void Commit(JournalLine change)
    {
        // A clock set back must not make an older time follow a younger one: the lag of the feeds is reckoned from these.
        var now = time.GetUtcNow();
        var line = change with { Usn = log.HighestUsn + 1, At = now > log.LastAt ? now : log.LastAt };
        journal.Append(line);
        Apply(line);
        sinceCompaction++;
        CompactIfDue();
    }

    /// <summary>Not before there are as many new changes as old ones: a large tenant is not written anew all the time.</summary>
    private void CompactIfDue()
    {
        if (sinceCompaction < forgetting.Every || sinceCompaction * 2 < log.Records.Count)
            return;

        sinceCompaction = 0;
        var horizon = log.HighestUsnAt(time.GetUtcNow() - forgetting.Memory);
        if (horizon == 0)
            return;

        var lines = Compaction.Merge(log, horizon);
        if (lines.Count == log.Records.Count)
            return;

        journal.Rewrite(lines, horizon);
        log = new ChangeLog();
        foreach (var line in lines)
            Apply(line);
    }

    private void Apply(JournalLine line)
    {
        if (line.Members is { } count)
        {
            log.AppendMembers(line.Usn, line.At, count);
            return;
        }

        var before = log.Latest(line.Id)?.User ?? TenantUser.Blank(line.Id);
        log.Append(line.Usn, line.At, before.After(line.Presence, line.Values), [.. line.Values.Keys]);
        if (line.Values.GetValueOrDefault(UserProperties.Mail) is { } mail)
            idByMail[mail] = line.Id;
    }
}
