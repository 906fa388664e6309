namespace MimHybrid.Sandbox.Tenant;

/// <summary>One entry of the change log.</summary>
/// <param name="Usn">Its number: 1 for the first, one more for each.</param>
/// <param name="At">When it happened; never earlier than the entry before.</param>
internal abstract record LogRecord(long Usn, DateTimeOffset At);

/// <summary>One change to one user, chained to the change before it, so that the user's state at any USN can be told.</summary>
/// <param name="Usn">The number of the change.</param>
/// <param name="At">When it happened.</param>
/// <param name="User">The user after the change.</param>
/// <param name="Changed">The properties that got another value.</param>
/// <param name="Previous">The change before; null for a creation.</param>
internal sealed record UserChange(long Usn, DateTimeOffset At, TenantUser User, IReadOnlyCollection<string> Changed, UserChange? Previous)
    : LogRecord(Usn, At)
{
    public long PreviousUsn => Previous?.Usn ?? 0;
}

/// <summary>A place in the log: the entry to look at next and, within a range of members, the member.</summary>
internal readonly record struct LogPosition(long Usn, int Ordinal)
{
    public static readonly LogPosition Start = new(1, 0);
}
