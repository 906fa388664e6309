namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// Everything that ever happened in the tenant, in order. Each reading is of the state at a USN, so that a delta round stays
/// consistent while changes go on, and so that a feed can lag behind. Not thread-safe: <see cref="TenantDirectory"/> guards it.
/// </summary>
internal sealed class ChangeLog
{
    private readonly List<LogRecord> records = [];
    private readonly Dictionary<string, UserChange> latest = new(StringComparer.OrdinalIgnoreCase);

    public long HighestUsn => records.Count == 0 ? 0 : records[^1].Usn;

    /// <summary>All there is, in order. Numbers may be missing: what is old enough was merged.</summary>
    public IReadOnlyList<LogRecord> Records => records;

    /// <summary>When the last entry was made; the start of time for an empty log.</summary>
    public DateTimeOffset LastAt => records.Count == 0 ? DateTimeOffset.MinValue : records[^1].At;

    public void Append(long usn, DateTimeOffset at, TenantUser user, IReadOnlyCollection<string> changed)
    {
        var previous = Latest(user.Id);
        if (previous is not null && RangeOf(user.Id) is var (range, _))
            range.Touch(user.Id);

        var change = new UserChange(usn, at, user, changed, previous);
        records.Add(change);
        latest[user.Id] = change;
    }

    public void AppendMembers(long usn, DateTimeOffset at, int count) => records.Add(new MemberRange(usn, at, count));

    /// <summary>The last change to a user, null if there never was such a user.</summary>
    public UserChange? Latest(string id) => latest.GetValueOrDefault(id) ?? Untouched(id);

    /// <summary>The last change to a user that is not later than a USN, null if the user did not exist yet.</summary>
    public UserChange? AsOf(string id, long usn)
    {
        var change = Latest(id);
        while (change is not null && change.Usn > usn)
            change = change.Previous;

        return change;
    }

    /// <summary>The highest USN that is no younger than a moment: what a replica that lags so far behind has seen.</summary>
    public long HighestUsnAt(DateTimeOffset moment)
    {
        var index = records.Count - 1;
        while (index >= 0 && records[index].At > moment)
            index--;

        return index < 0 ? 0 : records[index].Usn;
    }

    /// <summary>The members of bulk loads, up to a USN, that never got an entry of their own.</summary>
    public int CountUntouched(long until) =>
        records.TakeWhile(record => record.Usn <= until).OfType<MemberRange>().Sum(range => range.Count - range.Touched.Count);

    /// <summary>
    /// Each user changed after one USN and up to another, once, where it was first changed. From USN 0 that is each user ever
    /// created, where it was created: a first round and a later one are the same walk.
    /// </summary>
    /// <param name="since">Changes up to this USN are known to the reader.</param>
    /// <param name="until">Changes after this USN are not to be seen yet.</param>
    /// <param name="from">Where to go on, for a walk in pages.</param>
    /// <param name="onlyTouched">Passes over the members of a range that never got an entry of their own.</param>
    public IEnumerable<(LogPosition Position, string Id)> Walk(long since, long until, LogPosition from, bool onlyTouched = false)
    {
        for (var index = IndexFrom(Math.Max(from.Usn, since + 1)); index < records.Count && records[index].Usn <= until; index++)
        {
            var first = records[index].Usn == from.Usn ? from.Ordinal : 0;
            foreach (var found in Visit(records[index], since, first, onlyTouched))
                yield return found;
        }
    }

    /// <summary>Where the first record stands whose USN is not lower.</summary>
    private int IndexFrom(long usn)
    {
        var (low, high) = (0, records.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (records[middle].Usn < usn) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static IEnumerable<(LogPosition, string)> Visit(LogRecord record, long since, int first, bool onlyTouched) => record switch
    {
        UserChange change when change.PreviousUsn <= since => [(new LogPosition(change.Usn, 0), change.User.Id)],
        MemberRange range => (onlyTouched ? range.Touched.Where(ordinal => ordinal >= first) : Enumerable.Range(first, range.Count - first))
            .Select(ordinal => (new LogPosition(range.Usn, ordinal), range.IdOf(ordinal))),
        _ => [],
    };

    private UserChange? Untouched(string id) => RangeOf(id) is var (range, ordinal) ? range[ordinal] : null;

    private (MemberRange Range, int Ordinal)? RangeOf(string id) =>
        MemberRange.TryParse(id, out var usn, out var ordinal)
        && IndexFrom(usn) is var index && index < records.Count
        && records[index] is MemberRange range && range.Usn == usn && ordinal >= 0 && ordinal < range.Count
            ? (range, ordinal)
            : null;
}
