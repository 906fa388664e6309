using System.Globalization;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Arrivals;

/// <summary>Expected and seen, compared.</summary>
/// <param name="Expected">What Graph said.</param>
/// <param name="Sure">Of that, what MIM must have shown in this cycle.</param>
/// <param name="Seen">What MIM's synchronizations did.</param>
/// <param name="Missing">What must have been shown and was not.</param>
/// <param name="Explanation">Why fewer seen than expected is no proof that any is missing; null where there is nothing to explain.</param>
internal sealed record Arrival(GuestCounts Expected, GuestCounts Sure, SeenArrivals Seen, GuestCounts Missing, string? Explanation)
{
    public long MissingGuests => Missing.Added + Missing.Updated.GetValueOrDefault() + Missing.Removed;

    public ArrivalRecord ToRecord() => new()
    {
        Expected = Expected,
        Seen = Seen.Counts,
        Missing = MissingGuests,
        Explanation = Explanation,
    };

    /// <summary>For people: "Graph said 3 guests were added; MIM projected or joined 2".</summary>
    public override string ToString() => string.Join(". ", Sentences());

    private IEnumerable<string> Sentences()
    {
        if (Missing.Added > 0) yield return Say(Expected.Added, "added", "projected or joined", Seen.Added);
        if (Missing.Updated > 0) yield return Say(Expected.Updated ?? 0, "changed", "worked on", Seen.Updated);
        if (Missing.Removed > 0) yield return Say(Expected.Removed, "removed", "disconnected", Seen.Removed);
    }

    private static string Say(long expected, string happened, string did, long seen) => string.Create(
        CultureInfo.InvariantCulture, $"Graph said {expected} {(expected == 1 ? "guest was" : "guests were")} {happened}; MIM {did} "
            + $"{(seen == 0 ? "none" : seen)}");
}
