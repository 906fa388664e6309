namespace MimHybrid.Sandbox.Tenant;

/// <summary>What the tenant forgets, so that a story told for weeks fills neither the disk nor the memory.</summary>
/// <param name="Memory">How long each single change is remembered: longer than any delta link lives, plus the lags.</param>
/// <param name="Every">After how many changes it is looked whether there is something to forget.</param>
internal readonly record struct CompactionRule(TimeSpan Memory, int Every);

/// <summary>
/// Merges what is older than any reader can ask for: of a user's changes up to a USN one stays, with all values, under its own number; of a
/// user purged before it, nothing. Pure.
/// </summary>
internal static class Compaction
{
    /// <param name="log">The log.</param>
    /// <param name="horizon">Up to this USN; every delta link still alive knows at least this much.</param>
    /// <returns>The lines of a journal that tells the same to every such link.</returns>
    public static IReadOnlyList<JournalLine> Merge(ChangeLog log, long horizon) =>
        [.. log.Records.Where(record => IsKept(log, record, horizon)).Select(record => ToLine(record, horizon))];

    private static bool IsKept(ChangeLog log, LogRecord record, long horizon)
    {
        if (record is not UserChange change || change.Usn > horizon || change.Usn == log.HighestUsn) return true;
        if (log.AsOf(change.User.Id, horizon)!.Usn != change.Usn) return false; // superseded

        // A member of a bulk load would be back without the line that says otherwise.
        return change.User.Presence != UserPresence.Purged || MemberRange.TryParse(change.User.Id, out _, out _);
    }

    private static JournalLine ToLine(LogRecord record, long horizon) => record switch
    {
        MemberRange range => new JournalLine { Usn = range.Usn, At = range.At, Members = range.Count },
        UserChange change => new JournalLine
        {
            Usn = change.Usn,
            At = change.At,
            Id = change.User.Id,
            Presence = change.User.Presence,
            Values = change.Usn <= horizon
                ? change.User.Values
                : change.Changed.ToDictionary(name => name, name => change.User[name], StringComparer.Ordinal),
        },
        _ => throw new InvalidOperationException($"A log record of an unknown kind: {record.GetType().Name}."),
    };
}
