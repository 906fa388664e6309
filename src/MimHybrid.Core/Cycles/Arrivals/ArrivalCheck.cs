using MimHybrid.Core.RunLog;

namespace MimHybrid.Core.Cycles.Arrivals;

/// <summary>
/// Compares what Graph said with what MIM's synchronization did (shared/DESIGN.md, "Sequences as shipped"). Only lower bounds are held
/// against MIM: whatever it may have seen earlier than this agent, or differently, is explained and not missing. A false alarm in each
/// busy hour would teach people to ignore the true one.
/// </summary>
internal static class ArrivalCheck
{
    /// <param name="expected">What Graph said.</param>
    /// <param name="earlier">What synchronizations since then have brought beyond what was expected of them.</param>
    /// <param name="seen">What this cycle's synchronizations did.</param>
    /// <param name="liveGuests">Guests in the tenant, as far as is known now.</param>
    public static Arrival Compare(ExpectedArrivals expected, EarlierArrivals earlier, SeenArrivals seen, long liveGuests)
    {
        var fresh = expected.Fresh;
        var sure = new GuestCounts(
            Least(fresh.Added, earlier.Added),
            seen.HadFull ? 0 : Least(fresh.Updated ?? 0, earlier.Updated),
            Least(fresh.Removed, earlier.Removed));
        if (seen.Unknown.Length > 0)
            return new Arrival(expected.All, sure, seen, None, $"not compared, because MIM's counters are not known: {seen.Unknown}");

        var failures = seen.Failures;
        var missing = new GuestCounts(
            Short(sure.Added, seen.Added, ref failures),
            Short(sure.Updated ?? 0, seen.Updated, ref failures),
            Short(sure.Removed, seen.Removed, ref failures));
        var left = WithTotals(missing, seen, liveGuests);
        return new Arrival(expected.All, sure, seen, left, Explain(expected, sure, seen, left == missing ? null : liveGuests));
    }

    private static GuestCounts None { get; } = new(0, 0, 0);

    private static long Least(long expected, long? earlier) => earlier is { } known ? Math.Max(0, expected - known) : 0;

    /// <summary>What failed has come all the same, and has its error in the run log.</summary>
    private static long Short(long expected, long seen, ref long failures)
    {
        var missing = Math.Max(0, expected - seen);
        var failed = Math.Min(missing, failures);
        failures -= failed;
        return missing - failed;
    }

    /// <summary>
    /// A full synchronization tells how many guests MIM has in all. If that fits, one-sided gaps are none: somebody else's run may have
    /// brought the guests. Where some are missing and others too many, the sum proves nothing.
    /// </summary>
    private static GuestCounts WithTotals(GuestCounts missing, SeenArrivals seen, long liveGuests) => (missing, seen.Connected) switch
    {
        ({ Added: > 0, Removed: 0 }, { } connected) => missing with { Added = Math.Clamp(liveGuests - connected, 0, missing.Added) },
        ({ Added: 0, Removed: > 0 }, { } connected) => missing with { Removed = Math.Clamp(connected - liveGuests, 0, missing.Removed) },
        _ => missing,
    };

    private static string? Explain(ExpectedArrivals expected, GuestCounts sure, SeenArrivals seen, long? liveGuests)
    {
        var all = expected.All;
        if (all.Added <= seen.Added && all.Updated <= seen.Updated && all.Removed <= seen.Removed && !seen.HadFull) return null;

        var early = expected.Fresh.Added - sure.Added + expected.Fresh.Removed - sure.Removed
            + (seen.HadFull ? 0 : expected.Fresh.Updated - sure.Updated) ?? 0;
        string[] reasons =
        [
            .. If(expected.Old > 0, $"{expected.Old} were found when the whole tenant was read, and MIM may have had them before"),
            .. If(expected.ChangedSince > 0, $"{expected.ChangedSince} have changed again since"),
            .. If(early > 0, $"{early} may have come with an earlier synchronization"),
            .. If(seen.Failures > 0, $"{seen.Failures} failed in the synchronization, see its errors"),
            .. If(seen.HadFull && all.Updated > 0, $"a full synchronization works on every guest and says nothing of the {all.Updated} changed"),
            .. If(liveGuests is not null, $"MIM has {seen.Connected} guests connected and Graph knows {liveGuests}"),
        ];
        return reasons.Length == 0 ? null : string.Join("; ", reasons);
    }

    private static string[] If(bool holds, FormattableString reason) => holds ? [FormattableString.Invariant(reason)] : [];
}
