namespace MimHybrid.Benchmarks.Months;

/// <summary>Something that happens to one user of the tenant.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="InBurst">By a script, with hundreds of others.</param>
internal readonly record struct TenantEvent(DateTimeOffset At, TenantEventKind Kind, bool InBurst = false);

internal enum TenantEventKind
{
    Invited,
    Edited,
    Deleted,

    /// <summary>A member joined, left or was edited: MIM imports it, and its filter lets it go no further.</summary>
    MemberChanged,
}

/// <summary>A time in which something does not answer.</summary>
internal sealed record Outage(DateTimeOffset From, DateTimeOffset To)
{
    public bool Holds(DateTimeOffset time) => time >= From && time < To;

    public bool Meets(DateTimeOffset from, DateTimeOffset to) => from < To && to >= From;
}
