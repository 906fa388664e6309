using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Arrivals;

/// <summary>
/// Compares what Graph said with what MIM's synchronization did (src/README.md#arrival). Only lower bounds are held
/// against MIM: whatever it may have seen earlier than this agent, or differently, is explained and not missing. A false alarm in each
/// busy hour would teach people to ignore the true one.
/// </summary>
internal static class ArrivalCheck
{
    /// <param name="expected">What Graph said.</param>
    /// <param name="earlier">What synchronizations since then have brought beyond what was expected of them.</param>
    /// <param name="seen">What this cycle's synchronizations did.</param>
    public static Arrival Compare(ExpectedArrivals expected, EarlierArrivals earlier, SeenArrivals seen)
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
        return new Arrival(expected.All, sure, seen, missing, Explain(expected, sure, seen));
    }

    /// <summary>
    /// Where MIM has as many guests connected as Graph knows, none is missing: somebody else's run may have brought them. With some
    /// missing and others too many the sum would prove nothing, nor does it say anything of changes.
    /// </summary>
    /// <param name="arrival">As compared.</param>
    /// <param name="connected">Guests that MIM has connected.</param>
    /// <param name="live">Guests in the tenant, as far as is known now.</param>
    public static Arrival WithTotals(Arrival arrival, long connected, long live) =>
        connected == live && arrival.Missing is { Updated: 0 } and ({ Added: 0 } or { Removed: 0 })
            ? arrival with
            {
                Missing = None,
                Explanation = FormattableString.Invariant($"MIM has {connected} guests connected, as many as Graph knows")
            }
            : arrival;

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

    private static string? Explain(ExpectedArrivals expected, GuestCounts sure, SeenArrivals seen)
    {
        var (all, fresh) = (expected.All, expected.Fresh);
        if (all.Added <= seen.Added && all.Updated <= seen.Updated && all.Removed <= seen.Removed && !seen.HadFull) return null;

        var early = fresh.Added - sure.Added + fresh.Removed - sure.Removed + (seen.HadFull ? 0 : fresh.Updated - sure.Updated ?? 0);
        string[] reasons =
        [
            .. If(expected.Old > 0, $"{expected.Old} found when the whole tenant was read: MIM may have had them before"),
            .. If(expected.ChangedSince > 0, $"{expected.ChangedSince} changed again since"),
            .. If(early > 0, $"{early} may have come with an earlier synchronization"),
            .. If(seen.Failures > 0, $"{seen.Failures} failed in the synchronization: see its errors"),
            .. If(seen.HadFull && all.Updated > 0,
                $"{all.Updated} updated: a full synchronization works on every guest and says nothing of them"),
        ];
        return reasons.Length == 0 ? null : string.Join("; ", reasons);
    }

    private static string[] If(bool holds, FormattableString reason) => holds ? [FormattableString.Invariant(reason)] : [];
}
